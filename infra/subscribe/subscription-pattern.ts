import { STRIPE_SOURCE } from '#shared/event/bus-entry.ts';
import type { EventPattern, ValueMatcher } from '#shared/patterns/event-pattern.ts';
import { detailPattern, type EventFilter } from './event-filter.ts';
import { type EventSelector, selectEvents } from './event-selection.ts';

/**
 * What a subscription does with events that somebody replays from the archive.
 * - `ignore`: they do not match.
 * - `only`: nothing but they match.
 * - `both`: they match like all others.
 */
export type ReplayHandling = 'ignore' | 'only' | 'both';

/** Which events a subscription gets. */
export interface WantedEvents {
  /** Event types: `invoice.paid`, `customer.subscription.*`, or `*` for all. */
  readonly events: readonly EventSelector[];
  /** @default every event of these types */
  readonly where?: EventFilter;
  readonly replay: ReplayHandling;
}

/** The pattern of a subscription's rule. */
export function subscriptionPattern({ events, where = {}, replay }: WantedEvents): EventPattern {
  const { everything, exact, prefixes } = selectEvents(events);
  const types: ValueMatcher[] = [...exact, ...prefixes.map((prefix) => ({ prefix }))];
  const detail = detailPattern(where);
  return {
    source: [STRIPE_SOURCE],
    ...(!everything && { 'detail-type': types }),
    ...(detail !== undefined && { detail }),
    // EventBridge adds it to what it replays. The CDK's own patterns do not know the field.
    ...(replay !== 'both' && { 'replay-name': [{ exists: replay === 'only' }] }),
  };
}
