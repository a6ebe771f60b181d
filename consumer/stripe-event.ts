import type { FanoutEvent } from '#shared/event/bus-entry.ts';
import type { EventOf, StripeEventType } from '#shared/event/event-of.ts';

/** An event type, all types that start alike (`customer.subscription.*`), or all (`*`): as a subscription names them. */
export type EventSelector = StripeEventType | `${string}.*` | '*';

/** The types that a selector means, as far as the installed `stripe` package knows them. */
type SelectedBy<Selector extends EventSelector> = Selector extends '*'
  ? StripeEventType
  : Selector extends `${infer Start}*`
    ? Extract<StripeEventType, `${Start}${string}`>
    : Extract<StripeEventType, Selector>;

/** How an event came to this consumer. */
export interface Delivered {
  /** Name of the archive replay that delivered it once more. */
  readonly replay?: string;
}

/**
 * Stripe's event of the named types: `StripeEvent<'invoice.paid'>`, `StripeEvent<'customer.subscription.*'>`. A union of
 * several is told apart by `type`. What is not Stripe's stands under `fanout`.
 */
export type StripeEvent<Selector extends EventSelector> = {
  [Type in SelectedBy<Selector>]: EventOf<Type> & { readonly fanout: Delivered };
}[SelectedBy<Selector>];

/** An event of any type, also one that the installed `stripe` package does not know yet. */
export type AnyStripeEvent = FanoutEvent & { readonly fanout: Delivered };

/** Whether a selector means a type. A type's leading `v1.` is dropped, as the bus does. */
function selects(selector: string, type: string): boolean {
  const name = selector.replace(/^v1\./, '');
  return name.endsWith('*') ? type.startsWith(name.slice(0, -1)) : type === name;
}

/** Tells an event's type to the compiler: `if (isStripeEvent(event, 'invoice.*')) event.data.object.amount_due`. */
export function isStripeEvent<const Selector extends EventSelector>(
  event: AnyStripeEvent,
  ...selectors: readonly Selector[]
): event is AnyStripeEvent & StripeEvent<Selector> {
  return selectors.some((selector) => selects(selector, event.type));
}
