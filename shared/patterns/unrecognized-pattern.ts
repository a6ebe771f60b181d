import { STRIPE_SOURCE } from '../event/bus-entry.ts';
import { rootRoutes } from './excluded-routes.ts';
import type { RulePattern } from './rule-pattern.ts';

/** The rule for event types that no prefix of the routing table covers: nothing is dropped for being new. */
export const UNRECOGNIZED_PATTERN: RulePattern = {
  source: [STRIPE_SOURCE],
  'detail-type': [{ 'anything-but': { prefix: rootRoutes().map(({ prefix }) => prefix) } }],
};
