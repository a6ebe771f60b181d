import type { EventOf, StripeEventType } from '#shared/event/event-of.ts';
import type { Fanout } from '#shared/event/fanout.ts';
import { sampleFanoutEvent } from '#shared/samples/sample-fanout-event.ts';
import type { AnyStripeEvent, Delivered, StripeEvent } from '../stripe-event.ts';

/** Some fields of a value, at any depth; a list stands for the whole list. */
export type Some<Value> = Value extends readonly unknown[]
  ? Value
  : Value extends object
    ? { readonly [Key in keyof Value]?: Some<Value[Key]> }
    : Value;

export interface SampleStripeEventOptions<Type extends StripeEventType> {
  /** What the object has that the sample has not, at any depth: `{ attempt_count: 3 }`. */
  readonly object?: Some<EventOf<Type>['data']['object']>;
  /**
   * Another seed gives the event and its object other ids; the same seed always the same.
   * @default ids that follow from the type
   */
  readonly seed?: string;
  /** `evt_…`. @default made from type and seed */
  readonly id?: string;
  /** Unix seconds. @default 1,790,000,000, the moment at which the samples' world stands still */
  readonly created?: number;
  /** @default false */
  readonly livemode?: boolean;
  /** The connected account that it belongs to. @default none */
  readonly account?: string;
  /** How it came. @default as the usual one comes: by webhook, at the destination `account`, at once */
  readonly fanout?: Some<Fanout & Delivered>;
}

/**
 * A complete, valid event of any of the 386 types, as `parseStripeEvent` gives it, for your unit tests. A type that
 * Stripe sends thin only is what the resolver makes of it.
 */
export function sampleStripeEvent<Type extends StripeEventType>(
  type: Type,
  options: SampleStripeEventOptions<Type> = {},
): AnyStripeEvent & StripeEvent<Type> {
  const event = sampleFanoutEvent(type, options);
  if (isOfType(event, type)) return event;
  throw new TypeError(`The sample of ${type} is of another type.`);
}

/** The samples have the fields that the `stripe` package's types say: tests of this project compare them. */
function isOfType<Type extends StripeEventType>(
  event: AnyStripeEvent,
  type: Type,
): event is AnyStripeEvent & StripeEvent<Type> {
  return event.type === type;
}
