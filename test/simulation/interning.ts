/** Gives equal texts equal numbers, so that states of the simulation are compared exactly and kept small. */
const numbers = new Map<string, number>();

export function intern(text: string): number {
  const known = numbers.get(text);
  if (known !== undefined) return known;
  numbers.set(text, numbers.size);
  return numbers.size - 1;
}
