import { EVENT_TYPES } from '#shared/catalogue/event-types.ts';
import type { SnapshotEvent } from '#shared/event/stripe-event.ts';
import { type SampleEventOptions, sampleEvent } from '#shared/samples/sample-event.ts';
import { byDomain } from './by-domain.ts';

/** The events of the demo, by what is tried with them. */
export interface DemoTraffic {
  /** One of each type of the base catalogue. */
  readonly catalogue: readonly SnapshotEvent[];
  /** Sent again after its answer. */
  readonly repeated: SnapshotEvent;
  /** Sent many times at once. */
  readonly crowded: SnapshotEvent;
  readonly unheardOf: SnapshotEvent;
  /** 1.5 MB, far above what an entry of the bus may hold. */
  readonly large: SnapshotEvent;
  /** Two states of one object; the newer one is sent first. */
  readonly newer: SnapshotEvent;
  readonly older: SnapshotEvent;
  /** Two states of one object and second that say nothing of their order, and what the object is now. */
  readonly tied: readonly [SnapshotEvent, SnapshotEvent];
  readonly present: Readonly<Record<string, unknown>>;
  /** Its body serves for requests that must be refused. */
  readonly neverSent: SnapshotEvent;
  /** Its reaction is made to fail. */
  readonly failing: SnapshotEvent;
}

/**
 * @param objects Stripe objects by kind to use instead of our samples
 * @param created Unix seconds at which the events happened
 * @throws {RangeError} `objects` lacks a kind
 */
export function demoTraffic(objects: SampleEventOptions['objects'], created: number): DemoTraffic {
  const options = objects === undefined ? { created } : { created, objects };
  const sample = (type: string, seed: string) => sampleEvent(type, { ...options, seed });
  const newer = sample('customer.updated', 'late');
  const large = sample('invoice.created', 'large');
  const tied = sample('payment_intent.processing', 'tied');
  const intent = (description: string) => ({ ...tied.data.object, description });
  // Long enough ago for an answer of now to be later, whatever the clocks say.
  const before = created - 60;
  return {
    // Domain by domain, so that a few warm handlers will do.
    catalogue: byDomain(EVENT_TYPES.filter(({ since }) => since === 'base').map(({ type }) => type)).map((type) =>
      sample(type, 'demo'),
    ),
    repeated: sample('charge.succeeded', 'repeated'),
    crowded: sample('charge.succeeded', 'crowded'),
    unheardOf: { ...sample('charge.succeeded', 'unheard of'), type: 'galaxy.discovered' },
    large: { ...large, data: { object: { ...large.data.object, description: 'x'.repeat(1_500_000) } } },
    newer,
    older: {
      ...newer,
      id: `${newer.id}older`,
      created: created - 60,
      data: { object: { ...newer.data.object, balance: -1 } },
    },
    tied: [
      { ...tied, created: before, data: { object: intent('one') } },
      {
        ...tied,
        id: `${tied.id}other`,
        type: 'payment_intent.succeeded',
        created: before,
        data: { object: intent('other') },
      },
    ],
    present: intent('now'),
    neverSent: sample('charge.failed', 'wrong'),
    failing: sample('invoice.payment_failed', 'dead letter'),
  };
}
