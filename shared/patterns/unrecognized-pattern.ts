import { STRIPE_SOURCE } from '../event/bus-entry.ts';
import type { RulePattern } from './event-pattern.ts';
import { rootRoutes } from './excluded-routes.ts';

/** The rule for event types that no prefix of the routing table covers: nothing is dropped for being new. */
export const UNRECOGNIZED_PATTERN: RulePattern = {
  source: [STRIPE_SOURCE],
  'detail-type': [{ 'anything-but': { prefix: rootRoutes().map(({ prefix }) => prefix) } }],
};
