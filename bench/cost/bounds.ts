import type { Bill } from './bill.ts';

/** Dollars: per million events for what grows with them, per month for what does not (docs/decisions/0012). */
export const BOUNDS = { transport: 4.3, allIn: 8.75, idle: 20 } as const;

type Bound = keyof typeof BOUNDS;

const WORDS: Readonly<Record<Bound, string>> = { transport: 'transport', allIn: 'all in', idle: 'idle' };

/** The bounds that a bill does not keep; one that is no number keeps none. */
export function brokenBounds(bill: Pick<Bill, Bound>): readonly string[] {
  return (['transport', 'allIn', 'idle'] as const)
    .filter((bound) => !(bill[bound] <= BOUNDS[bound]))
    .map((bound) => WORDS[bound]);
}

/** What a bill comes to, with the bounds beside it where it has any. */
export function totals({ transport, allIn, kept, idle }: Omit<Bill, 'events' | 'months'>, isBound: boolean): string {
  const bound = (name: Bound) => (isBound ? ` (bound ${BOUNDS[name]})` : '');
  return `Transport $${dollarsAndCents(transport)} per million${bound('transport')}, all in $${dollarsAndCents(allIn)}${bound('allIn')}, kept for a month $${dollarsAndCents(kept)} more; idle $${dollarsAndCents(idle)} a month${bound('idle')}.`;
}

/** `117,831.29` */
export function dollarsAndCents(dollars: number): string {
  return dollars.toLocaleString('en', { minimumFractionDigits: 2, maximumFractionDigits: 2 });
}

/** The last line. */
export function costSummary({
  broken,
  isStale,
  isOwn,
}: {
  readonly broken: readonly string[];
  /** Whether docs/cost.md says something else. */
  readonly isStale: boolean;
  readonly isOwn: boolean;
}): string {
  const whose = isOwn ? ' of the default events, prices and stage' : '';
  const beside = isOwn ? '; your own bill has none' : '';
  const failures = [
    ...(broken.length > 0 ? [`${broken.join(', ')}${whose} beyond the bound`] : []),
    ...(isStale ? ['docs/cost.md says something else: npm run cost -- --write makes it say this'] : []),
  ];
  return failures.length === 0
    ? `Cost: every bound${whose} holds${beside}.`
    : `Cost: FAILED: ${failures.join('; ')}${beside}.`;
}
