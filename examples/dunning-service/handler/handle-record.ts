import { type idempotent, parseStripeEvent, type RemainingTime, type StripeDelivery } from 'stripe-fanout/events';
import { DUNNING_EVENTS } from '../dunning-events.ts';
import { type Cases, dun } from './dunning.ts';

export interface Ports {
  readonly cases: Cases;
  readonly once: ReturnType<typeof idempotent>;
  readonly log: (entry: object) => void;
}

/** Handles one event of the queue, once however often it is delivered. What it throws keeps the event in the queue. */
export async function handleRecord(
  record: StripeDelivery,
  time: RemainingTime,
  { cases, once, log }: Ports,
): Promise<void> {
  const event = await parseStripeEvent(record, { types: DUNNING_EVENTS });
  const ran = await once(event, time, ({ signal }) => dun(event, cases, signal));
  const did = ran.outcome === 'ran' ? ran.result : 'done before';
  // Ids only: what Stripe knows of a customer has no place in a log.
  log({ message: 'dunned', event: event.id, type: event.type, did });
}
