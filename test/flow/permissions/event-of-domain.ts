import type { DomainOrUnrecognized } from '#shared/catalogue/domains.ts';
import { ROUTES } from '#shared/catalogue/routes.ts';
import type { SnapshotEvent } from '#shared/event/stripe-event.ts';
import { fresh } from '../start-pipeline.ts';

/**
 * An event that the domain's handler gets and projects, and has no reaction to: of a type that Stripe does not send, so
 * that it looks the same for every domain. Its object no other event is about.
 */
export function eventOf(domain: DomainOrUnrecognized, changes: Readonly<Record<string, unknown>> = {}): SnapshotEvent {
  const event = fresh('product.created');
  const prefix = ROUTES.find((route) => route.domain === domain && /[._]$/.test(route.prefix))?.prefix ?? 'nobodys.';
  return { ...event, type: `${prefix}card.issued`, data: { object: { ...event.data.object, ...changes } } };
}
