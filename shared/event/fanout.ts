import type { ThinEvent } from './stripe-event.ts';

/** How an event came to the pipeline. */
export type Via = 'webhook' | 'partner' | 'reconcile';

/** What an entry's detail holds: Stripe's event, a notification, a fetched object, or a pointer to S3. */
export type PayloadStyle = 'snapshot' | 'thin' | 'resolved' | 'reference';

/** Where the bytes of an event are that was too large, or not acceptable, for the bus. */
export interface PayloadReference {
  readonly bucket: string;
  readonly key: string;
  /** Length of the stored event in bytes. */
  readonly bytes: number;
  /** Lower-case hex SHA-256 of the stored bytes. */
  readonly sha256: string;
}

/** The key `fanout` that the pipeline adds to Stripe's event in each bus entry. */
export interface Fanout {
  readonly version: 1;
  readonly payload: PayloadStyle;
  readonly via: Via;
  /** Name of the configured destination that received it. */
  readonly destination: string;
  /** ISO 8601 with milliseconds: when the entry was given to the bus. */
  readonly publishedAt: string;
  /** ISO 8601 with milliseconds: when the request arrived. */
  readonly receivedAt: string;
  /** ISO 8601 with milliseconds: when the related object was asked for, if it was found; only for `resolved`. */
  readonly resolvedAt?: string;
  /** Only for `resolved`: the thin event as it came, with `data` where that had to be fetched. */
  readonly notification?: ThinEvent;
  /**
   * Only for `resolved`: Stripe does not find the object, so that `data.object` holds its id and kind alone. No deletion:
   * one is told by an event of its own.
   */
  readonly missing?: true;
  /** Only for `reference`: where the event is, and what its payload style was before it was put there. */
  readonly reference?: PayloadReference & { readonly payload: Exclude<PayloadStyle, 'reference'> };
  /** Only for what Stripe waited for, at the synchronous lane: what it was told, and who decided so. */
  readonly decision?: { readonly approved: boolean; readonly amount?: number; readonly by: 'policy' | 'fallback' };
  /** Only where the bus refuses the event for good: Stripe's type, and the bus's reason. */
  readonly refused?: { readonly type: string; readonly code: string };
}
