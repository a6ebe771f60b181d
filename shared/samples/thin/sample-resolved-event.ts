import { canonicalType } from '../../catalogue/canonical-type.ts';
import { accountOf, isRecord, type SnapshotEvent, type ThinEvent } from '../../event/stripe-event.ts';
import { SAMPLE_API_VERSION } from '../sample-event.ts';
import { CREATED } from '../sample-ids.ts';
import { type SampleThinEventOptions, sampleThinEvent } from './sample-thin-event.ts';

/** A thin event as consumers get it: like a snapshot, and the notification that it was made of. */
export interface SampleResolvedEvent {
  readonly event: SnapshotEvent;
  readonly notification: ThinEvent;
}

/**
 * What the resolver makes of a sample of any of Stripe's thin types.
 * @param name with or without the `v1.` of thin types
 * @throws {RangeError} for a type that Stripe does not send thin
 */
export function sampleResolvedEvent(name: string, options: SampleThinEventOptions = {}): SampleResolvedEvent {
  const { fetchedEvent, relatedObject } = sampleThinEvent(name, options);
  const { id, livemode, type, context, related_object: related, reason } = fetchedEvent;
  const account = accountOf(fetchedEvent) ?? (related?.type === 'v2.core.account' ? related.id : undefined);
  const request = isRecord(reason?.request) ? reason.request : {};
  return {
    event: {
      id,
      object: 'event',
      ...(account === undefined ? {} : { account }),
      api_version: SAMPLE_API_VERSION,
      ...(context ? { context } : {}),
      created: Math.floor(options.created ?? CREATED),
      data: { object: relatedObject ?? fetchedEvent.data ?? {} },
      livemode,
      pending_webhooks: 0,
      request: { id: textOf(request.id), idempotency_key: textOf(request.idempotency_key) },
      type: canonicalType(type),
    },
    notification: fetchedEvent,
  };
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}
