import { REFRESHED_TYPE, spliceFanout } from '#shared/event/bus-entry.ts';
import { eventPayloadKey } from '#shared/event/payload-key.ts';
import type { RefreshRequest } from '#shared/refresh/refresh-request.ts';
import type { Fetched } from '#shared/stripe/paced-stripe.ts';
import type { RefreshPorts } from './ports.ts';

/**
 * The message that brings an object's present state to its domain's queue: in the form of a resolved event, in the
 * bytes that Stripe answered, under a type that nothing reacts to. Its id is Stripe's id of the request, so whoever
 * shares an answer tells the same, and two answers are two. What is too large for a queue goes to the payload store.
 * @throws {PayloadStoreUnavailable}
 */
export async function writeState(
  { clock, payloads, inlineLimit }: Pick<RefreshPorts, 'clock' | 'payloads' | 'inlineLimit'>,
  { event, livemode, account, via, destination }: RefreshRequest,
  { answer, startedAt }: Fetched,
  signal: AbortSignal,
): Promise<string> {
  const now = new Date(clock.now()).toISOString();
  const resolvedAt = new Date(startedAt).toISOString();
  const id = answer.requestId ?? `${event}_${startedAt}`;
  const facts = {
    id,
    object: 'event',
    type: REFRESHED_TYPE,
    created: Math.floor(startedAt / 1000),
    livemode,
    ...(account !== undefined && { account }),
    api_version: answer.apiVersion ?? null,
  };
  const origin = { version: 1, via, destination, publishedAt: now, receivedAt: now, resolvedAt } as const;
  const state = `${JSON.stringify(facts).slice(0, -1)},"data":{"object":${answer.text}}}`;
  const whole = messageOf(spliceFanout(state, { ...origin, payload: 'resolved' }));
  if (Buffer.byteLength(whole) <= inlineLimit) return whole;

  const stored = await payloads.put(eventPayloadKey(id, 'resolved'), state, signal);
  const reference = { ...stored, payload: 'resolved' } as const;
  return messageOf(spliceFanout(JSON.stringify(facts), { ...origin, payload: 'reference', reference }));
}

function messageOf(detail: string): string {
  return `{"detail-type":"${REFRESHED_TYPE}","detail":${detail}}`;
}
