import { STRIPE_SOURCE } from '#shared/event/bus-entry.ts';
import type { RulePattern } from '#shared/patterns/event-pattern.ts';

/** The pattern of a rule that gets all events of a type. */
export function examplePattern(type: string): RulePattern {
  return { source: [STRIPE_SOURCE], 'detail-type': [type] };
}
