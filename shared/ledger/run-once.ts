import type { Claim, ClaimOutcome, EventFacts, Failure, Ledger, StageKey } from './ledger.ts';

/** Two ends of the time a stage has: work stops at the first, and the second leaves time to settle the ledger row. */
export interface Deadlines {
  readonly work: AbortSignal;
  readonly settle: AbortSignal;
}

export type RunOnce<Result> =
  | { readonly outcome: 'ran'; readonly result: Result; readonly settled: 'completed' | 'lost' | 'unknown' }
  | Exclude<ClaimOutcome, { readonly outcome: 'claimed' }>;

export interface Work<Result> {
  readonly key: StageKey;
  readonly facts?: EventFacts;
  run(claim: Claim): Promise<Result>;
  /** How a thrown error is recorded in the row that is given back. */
  failure(thrown: unknown): Failure;
}

/**
 * The pipeline's one protocol around work that must be done once: claim, do, complete; after a failure release.
 *
 * Once the work has succeeded this resolves, whatever `complete` does: the row is then left to its lease, the next
 * delivery may repeat the work, and `settled` says so. A failed release likewise leaves a lease that ends by itself.
 * @throws what `claim` or the work throws
 */
export async function runOnce<Result>(
  ledger: Ledger,
  work: Work<Result>,
  deadlines: Deadlines,
): Promise<RunOnce<Result>> {
  const claimed = await ledger.claim(work.key, work.facts, deadlines.work);
  if (claimed.outcome !== 'claimed') return claimed;

  let result: Result;
  try {
    result = await work.run(claimed.claim);
  } catch (error) {
    await ledger.release(claimed.claim, work.failure(error), deadlines.settle).catch(() => 'lost');
    throw error;
  }
  return { outcome: 'ran', result, settled: await settle(ledger, claimed.claim, deadlines.settle) };
}

async function settle(ledger: Ledger, claim: Claim, signal: AbortSignal): Promise<'completed' | 'lost' | 'unknown'> {
  try {
    return await ledger.complete(claim, signal);
  } catch {
    return 'unknown';
  }
}
