/** One measured figure, with the floor that was measured beside it in the same run. */
export interface Figure {
  readonly what: string;
  readonly value: number;
  /** `×` for ratios, else the unit of the value: `KiB`, `ms`, `events/s`. */
  readonly unit: string;
  /** What the value is held against, in words with its own figure. */
  readonly floor?: string;
  /** The figure is broken above `most` or below `least`. */
  readonly bound?: { readonly most: number } | { readonly least: number };
}

/** Whether a figure keeps its bound; one without a bound always does. */
export function holds({ value, bound }: Figure): boolean {
  if (bound === undefined) return true;
  return 'most' in bound ? value <= bound.most : value >= bound.least;
}

/** The middle value: benchmarks report it because one disturbed run moves a mean and not a median. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const [upper = Number.NaN, lower = upper] = [sorted[middle], sorted[middle - 1]];
  return sorted.length % 2 === 1 ? upper : (lower + upper) / 2;
}

/** The last line of a run. */
export function figureSummary(figures: readonly Figure[]): string {
  const broken = figures.filter((figure) => !holds(figure)).map(({ what }) => what);
  if (broken.length === 0) return `Benchmarks: ${figures.length} figures, 0 beyond their bound.`;
  return `Benchmarks: FAILED: of ${figures.length} figures, ${broken.length} beyond their bound: ${broken.join('; ')}.`;
}
