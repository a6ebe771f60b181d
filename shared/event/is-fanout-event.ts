import type { FanoutEvent } from './bus-entry.ts';
import { isRecord } from './stripe-event.ts';

/** Whether an event whose `fanout` has been read is complete: a snapshot, or what the resolver made of a notification. */
export function isFanoutEvent(value: Record<string, unknown>): value is FanoutEvent & Record<string, unknown> {
  const { created, livemode, data } = value;
  return typeof created === 'number' && typeof livemode === 'boolean' && isRecord(data) && isRecord(data.object);
}
