// biome-ignore lint/style/noRestrictedImports: types alone, of which nothing is left at run time
import type Stripe from 'stripe';
import type { Fanout } from './fanout.ts';

/** The members of the package's union of snapshot events, by their type. */
type Snapshots = { readonly [Event in Stripe.Event as Event['type']]: Event };

/** The members of the package's union of thin notifications, by the type under which the bus carries them. */
type Notifications = {
  readonly [Notification in Stripe.V2.Core.EventNotification as Canonical<Notification['type']>]: Notification;
};

/** Types that Stripe sends as snapshots and the package does not describe, with their object. */
interface Undescribed {
  readonly 'quote.will_expire': Stripe.Quote;
}

type Canonical<Type extends string> = Type extends `v1.${infer Rest}` ? Rest : Type;

/** What a resolved notification has of a snapshot event; the rest of it is the pipeline's to fill. */
type Resolved<Type extends string, Object> = Pick<
  Snapshots['invoice.paid'],
  'id' | 'account' | 'created' | 'livemode'
> & {
  readonly type: Type;
  readonly data: { readonly object: Object };
};

/** The object that a notification points to, as the resolver fetches it; nothing is known of one that points nowhere. */
type ObjectOf<Notification> = Notification extends { fetchRelatedObject(): Promise<infer Object> }
  ? Object
  : Readonly<Record<string, unknown>>;

/** Every event type that the installed `stripe` package describes, as a snapshot or only as a thin notification. */
export type StripeEventType = keyof Snapshots | keyof Undescribed | keyof Notifications;

/** Stripe's event of one type, and how it came. */
export type EventOf<Type extends StripeEventType> = EventShape<Type> & { readonly fanout: Fanout };

type EventShape<Type extends StripeEventType> = Type extends keyof Snapshots
  ? Snapshots[Type]
  : Type extends keyof Undescribed
    ? Resolved<Type, Undescribed[Type]>
    : Type extends keyof Notifications
      ? Resolved<Type, ObjectOf<Notifications[Type]>>
      : never;
