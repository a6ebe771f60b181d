import { LedgerUnavailable, QueueUnavailable } from '#shared/errors/store-errors.ts';
import type { QueuePorts } from '#shared/queues/queue-ports.ts';
import type { Actor } from './actor.ts';
import { BESIDE, WRITE } from './outcomes.ts';

/** Milliseconds that an invocation has which drains a queue. */
export const TIMEOUT_MS = 30_000;
/** More receives than a schedule can have: nothing is given up here. */
export const MAX_RECEIVES = 20;

/** Where failures are listed, and the DLQ and hold on messages of whoever drains a queue. */
type Settling = Pick<QueuePorts, 'failures' | 'messages'>;

/** What whoever drains a queue does beside its work: each a step, though what a law is about goes by none of them. */
export function steppedQueue(actor: Actor): Settling {
  const beside = (name: string, unknown: () => Error) => () =>
    actor.call<void>({ name, outcomes: BESIDE, unknown, send: () => () => undefined });
  const noLedger = () => new LedgerUnavailable('The simulated ledger did not answer.');
  return {
    failures: { record: beside('record', noLedger), clear: beside('clear', noLedger) },
    messages: { hide: beside('hide', noQueue), park: beside('park', noQueue) },
  };
}

/**
 * The same where only parking is a step: whatever ends in the midst of the others has done all that it did before and
 * answered nothing, which is to end after the step before them.
 * @param parked runs when the message is in the DLQ
 */
export function parkingQueue(actor: Actor, parked: () => void): Settling {
  const atOnce = async () => undefined;
  return {
    failures: { record: atOnce, clear: atOnce },
    messages: {
      hide: atOnce,
      park: () => actor.call<void>({ name: 'park', outcomes: WRITE, unknown: noQueue, send: () => parked }),
    },
  };
}

const noQueue = () => new QueueUnavailable('The simulated queue did not answer.');
