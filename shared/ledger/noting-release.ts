import type { Ledger } from './ledger.ts';

/** A ledger that says when a failure has been written into the row of its stage. */
export function notingRelease(ledger: Ledger, note: () => void): Ledger {
  return {
    ...ledger,
    async release(claim, failure, signal) {
      const outcome = await ledger.release(claim, failure, signal);
      if (outcome === 'released') note();
      return outcome;
    },
  };
}
