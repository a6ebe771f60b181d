import { STRIPE_SOURCE } from '#shared/event/bus-entry.ts';
import type { EventPattern } from '#shared/patterns/event-pattern.ts';

/** The pattern of a rule that gets all events of a type. */
export function examplePattern(type: string): EventPattern {
  return { source: [STRIPE_SOURCE], 'detail-type': [type] };
}
