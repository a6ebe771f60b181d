import { InvalidPattern } from '../invalid-pattern.ts';
import { memberPath } from '../json-path.ts';
import type { Matcher } from '../reading.ts';

const COMPARE = {
  '=': (value: number, bound: number) => value === bound,
  '>': (value: number, bound: number) => value > bound,
  '>=': (value: number, bound: number) => value >= bound,
  '<': (value: number, bound: number) => value < bound,
  '<=': (value: number, bound: number) => value <= bound,
};

type Operator = keyof typeof COMPARE;

interface Term {
  readonly operator: Operator;
  readonly bound: number;
}

/** A number in a pattern's list: equal in value, however it is written. */
export function numberEquals(bound: number): Matcher {
  const text = String(bound);
  return {
    needs: 'number',
    test: (reading) => (reading.kind === 'number' ? reading.number === bound : reading.text === text),
  };
}

/**
 * `["=", 5]`, one bound, or a lower bound followed by an upper one: `[">", 0, "<=", 5]`.
 * @throws {InvalidPattern} another form, or a range that holds no number
 */
export function numeric(terms: unknown, path: string): Matcher {
  if (!Array.isArray(terms)) throw new InvalidPattern('numeric takes a list such as [">", 0, "<=", 5]', path);
  const first = term(terms, 0, path);
  const second = terms.length > 2 ? term(terms, 2, path) : undefined;
  if (terms.length > 4) throw new InvalidPattern('numeric takes one or two comparisons', path);
  if (second && !(first.operator.startsWith('>') && second.operator.startsWith('<'))) {
    throw new InvalidPattern('of two comparisons the first is > or >= and the second < or <=', path);
  }
  const [bottom, top] = range(first, second);
  if (first.operator !== '=' && bottom >= top) {
    throw new InvalidPattern('the lower bound must be less than the upper one', path);
  }
  const holds = ({ operator, bound }: Term, value: number) => COMPARE[operator](value, bound);
  return {
    needs: 'number',
    test: (reading) =>
      reading.kind === 'number' && holds(first, reading.number) && (!second || holds(second, reading.number)),
  };
}

/** A missing bound is the largest finite number: that is why `["<", -1.7976931348623157e308]` is refused. */
function range(first: Term, second: Term | undefined): [bottom: number, top: number] {
  return first.operator.startsWith('<')
    ? [-Number.MAX_VALUE, first.bound]
    : [first.bound, second?.bound ?? Number.MAX_VALUE];
}

function term(terms: readonly unknown[], at: number, path: string): Term {
  const [operator, bound] = terms.slice(at, at + 2);
  if (typeof operator !== 'string' || !isOperator(operator)) {
    throw new InvalidPattern('a numeric comparison starts with =, >, >=, < or <=', memberPath(path, at));
  }
  if (typeof bound !== 'number' || !Number.isFinite(bound)) {
    throw new InvalidPattern(`${operator} is followed by a finite number`, memberPath(path, at + 1));
  }
  return { operator, bound };
}

function isOperator(text: string): text is Operator {
  return Object.hasOwn(COMPARE, text);
}
