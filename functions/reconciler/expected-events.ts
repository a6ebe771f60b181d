import { asksFor } from '#shared/destinations/asks-for.ts';
import { PING_TYPE } from '#shared/event/ping-type.ts';
import { isThin } from '#shared/event/stripe-event.ts';
import { withMember } from '#shared/event/with-member.ts';
import type { EventText } from '#shared/publishing/publish.ts';
import type { ListedEvent } from '#shared/stripe/list-events.ts';
import type { Expected } from './expected-destinations.ts';
import type { List } from './list.ts';

/** An event of Stripe's list that a destination should have brought, as it would have come by it. */
export interface ExpectedEvent extends EventText {
  /** Name of the destination. */
  readonly destination: string;
}

/**
 * The events of a page that should be on the bus. A ping is none: it comes to one destination when somebody asks, and the
 * list does not say to which.
 */
export function expectedEvents(events: readonly ListedEvent[], list: List): readonly ExpectedEvent[] {
  return events.flatMap((listed): ExpectedEvent[] => {
    const { type } = listed.event;
    if (type === PING_TYPE) return [];
    const by = list.destinations.find((one: Expected) => asksFor(one, type));
    return by === undefined ? [] : [{ ...ofAccount(listed, list.account), destination: by.name }];
  });
}

/**
 * A connected account's own list need not repeat whose it is, and what a webhook brings says it: it is put in, and nothing
 * else touched.
 */
function ofAccount(listed: ListedEvent, account: string | undefined): EventText {
  const { event, text } = listed;
  if (account === undefined) return listed;
  if (isThin(event)) {
    if (event.context != null) return listed;
    return { event: { ...event, context: account }, text: withMember(text, 'context', JSON.stringify(account)) };
  }
  if (event.account !== undefined) return listed;
  return { event: { ...event, account }, text: withMember(text, 'account', JSON.stringify(account)) };
}
