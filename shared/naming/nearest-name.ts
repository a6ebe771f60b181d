/** Edits that a second name may be farther off than the first. */
const FARTHER = 2;

/**
 * The name that a misspelt one was probably meant to be.
 * @returns the name with the fewest edits, when they are at most a third of the word; else `undefined`
 */
export function nearestName(word: string, names: readonly string[]): string | undefined {
  return nearestNames(word, names, 1)[0];
}

/** The names that a misspelt one may have been meant to be, the likeliest first. */
export function nearestNames(word: string, names: readonly string[], most: number): readonly string[] {
  const limit = Math.max(1, Math.floor(word.length / 3));
  const near = names
    .map((name) => ({ name, edits: editsBetween(word.toLowerCase(), name) }))
    .filter(({ edits }) => edits <= limit)
    .toSorted((a, b) => a.edits - b.edits);
  // Beside a name that is all but right, the others are noise.
  const farthest = (near[0]?.edits ?? 0) + FARTHER;
  return near
    .filter(({ edits }) => edits <= farthest)
    .slice(0, most)
    .map(({ name }) => name);
}

/** A sentence to append to a message, or nothing. */
export function didYouMean(word: string, names: readonly string[]): string {
  const name = nearestName(word, names);
  return name === undefined ? '' : ` Did you mean ${name}?`;
}

/** Levenshtein distance, one row at a time. */
function editsBetween(a: string, b: string): number {
  let previous = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (const [row, charA] of [...a].entries()) {
    const current = [row + 1];
    for (const [column, charB] of [...b].entries()) {
      const replaced = (previous[column] ?? 0) + (charA === charB ? 0 : 1);
      current.push(Math.min(replaced, (previous[column + 1] ?? 0) + 1, (current[column] ?? 0) + 1));
    }
    previous = current;
  }
  return previous.at(-1) ?? 0;
}
