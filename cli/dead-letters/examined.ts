import type { DeadLetter } from '#shared/operations/dead-letter.ts';
import type { LedgerRow } from '#shared/operations/operator-ledger.ts';
import { type Reason, reasonOfMessage } from './reason.ts';
import { type Subject, subjectOf } from './subject.ts';

/** A held message, what it is about, and why it is there. */
export interface Examined extends Subject {
  readonly message: DeadLetter;
  readonly reason: Reason;
}

/** @param failures the newest failure of each event of the domain */
export function examine(message: DeadLetter, failures: ReadonlyMap<string, LedgerRow>): Examined {
  const subject = subjectOf(message);
  return { ...subject, message, reason: reasonOfMessage(message, failures.get(subject.event)) };
}
