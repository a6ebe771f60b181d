import { isRecord, type ThinEvent } from './stripe-event.ts';

/** What an id ends with that this pipeline made for an event that Stripe failed to make. No id of Stripe's has it. */
const SUFFIX = '_lost';

/** An event that Stripe failed to make, as the announcement of it tells. */
export interface LostEvent {
  /** Stripe's name of its type. */
  readonly type: string;
  /** The notification that Stripe would have sent, under an id of ours. */
  readonly notification: ThinEvent;
}

/**
 * Reads which event an announcement is about.
 * @returns `undefined` when it does not say a type and an object
 * @see https://docs.stripe.com/webhooks/handle-irrecoverable-events
 */
export function readLostEvent({ id, livemode, created, data }: ThinEvent): LostEvent | undefined {
  const impact = isRecord(data?.impact) ? data.impact : {};
  const { event_type: type, related_object: related, context } = impact;
  if (typeof type !== 'string' || !isRecord(related)) return undefined;
  const { id: object, type: kind, url } = related;
  if (typeof object !== 'string' || typeof kind !== 'string' || typeof url !== 'string') return undefined;
  return {
    type,
    notification: {
      id: id + SUFFIX,
      object: 'v2.core.event',
      type: /^v\d+\./.test(type) ? type : `v1.${type}`,
      created,
      livemode,
      ...(typeof context === 'string' && { context }),
      related_object: { id: object, type: kind, url },
    },
  };
}

/** The id under which Stripe knows an event: of one that it failed to make, the announcement's. */
export function idAtStripe(id: string): string {
  return id.endsWith(SUFFIX) ? id.slice(0, -SUFFIX.length) : id;
}
