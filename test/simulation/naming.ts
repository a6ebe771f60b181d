/** A state of a simulation as text, and which deliveries are called A and B in it. */
export interface Named {
  /** The deliveries, in the order of their names. */
  readonly order: readonly number[];
  readonly text: string;
}

/**
 * Of the texts of one state that differ only in which delivery is called A and which B, always the same one.
 * @param blocks what is known of each delivery
 * @param shared all else, in which a delivery's letter stands only in the owners of rows
 */
export function named(blocks: readonly string[], shared: string): Named {
  return orders(blocks.length)
    .map((order) => ({ order, text: [...order.map((delivery) => blocks[delivery]), renamed(shared, order)].join('|') }))
    .reduce((first, other) => (other.text < first.text ? other : first));
}

/** A choice as it is called where the deliveries have the names of this order. */
export function choiceIn(order: readonly number[], choice: string): string {
  if (order[0] === 0) return choice;
  return choice.replace(/^(land:)?([AB])(?=\d+\.)/, (_, land = '', letter) => `${land}${otherThan(letter)}`);
}

/** The orders in which so many deliveries can be named; more than two are told apart. */
function orders(deliveries: number): readonly (readonly number[])[] {
  if (deliveries === 2) {
    return [
      [0, 1],
      [1, 0],
    ];
  }
  return [Array.from({ length: deliveries }, (_, delivery) => delivery)];
}

function renamed(text: string, [first]: readonly number[]): string {
  return first === 0 ? text : text.replace(/ ([AB])(\d+\/)/g, (_, letter, rest) => ` ${otherThan(letter)}${rest}`);
}

const otherThan = (letter: string) => (letter === 'A' ? 'B' : 'A');
