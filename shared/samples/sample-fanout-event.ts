import { comesAs } from '../catalogue/comes-as.ts';
import { findEventType } from '../catalogue/find-event-type.ts';
import type { FanoutEvent } from '../event/bus-entry.ts';
import type { Fanout } from '../event/fanout.ts';
import { isRecord } from '../event/stripe-event.ts';
import { type SampleEventOptions, sampleEvent } from './sample-event.ts';
import { sampleResolvedEvent } from './thin/sample-resolved-event.ts';

export interface SampleFanoutEventOptions extends Omit<SampleEventOptions, 'object' | 'objects'> {
  /** Fields that the object has in place of the sample's, at any depth. */
  readonly object?: object | undefined;
  /** Fields that `fanout` has in place of the usual ones. */
  readonly fanout?: object | undefined;
}

/**
 * A complete event of any catalogued type, as it comes out of the pipeline: a type that Stripe sends thin only is what
 * the resolver makes of it.
 * @throws {RangeError} this version does not know the type
 */
export function sampleFanoutEvent(type: string, options: SampleFanoutEventOptions = {}): FanoutEvent {
  const { object, fanout, account, ...others } = options;
  const entry = findEventType(type);
  if (entry === undefined) throw new RangeError(`There is no sample of ${type}: this version does not know the type.`);
  const owned = account === undefined ? others : { ...others, account };
  const { event, ...how } = comesAs(entry, 'snapshot')
    ? { event: sampleEvent(type, owned), payload: 'snapshot' as const }
    : resolved(type, { ...others, ...(account === undefined ? {} : { context: account }) });
  const at = new Date(event.created * 1000).toISOString();
  const usual = {
    version: 1,
    ...how,
    via: 'webhook',
    destination: 'account',
    publishedAt: at,
    receivedAt: at,
  } as const;
  return {
    ...event,
    data: { ...event.data, object: withFields(event.data.object, object ?? {}) },
    fanout: withFields<Fanout>(usual, fanout ?? {}),
  };
}

function resolved(type: string, options: Parameters<typeof sampleResolvedEvent>[1]) {
  const { event, notification } = sampleResolvedEvent(type, options);
  const resolvedAt = new Date(event.created * 1000).toISOString();
  return { event, payload: 'resolved' as const, resolvedAt, notification };
}

/** A copy with other fields, merged where both have an object. */
function withFields<Value extends object>(value: Value, fields: object): Value {
  const before = new Map<string, unknown>(Object.entries(value));
  const merged = Object.entries(fields).map(([key, field]: [string, unknown]) => {
    const old = before.get(key);
    return [key, isRecord(old) && isRecord(field) ? withFields(old, field) : field];
  });
  return { ...value, ...Object.fromEntries(merged) };
}
