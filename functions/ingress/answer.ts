import { type Answer, answer } from '#shared/webhook/answer.ts';

export type Outcome = 'accepted' | 'duplicate' | 'ignored';

/** 200: the event is durably on the bus, already was, or is none of ours. Stripe stops sending it. */
export function received(id: string, outcome: Outcome): Answer {
  return answer(200, { received: true, id, outcome });
}

/** 409: the same event is in flight elsewhere. Stripe sends it again. */
export function inFlight(id: string, retryAfterSeconds: number): Answer {
  const error = {
    code: 'event_in_flight',
    message: `Event ${id} is being published by another request.`,
    remedy: 'Send it again later; Stripe does so by itself.',
  };
  return answer(409, { error }, { 'retry-after': String(retryAfterSeconds) });
}
