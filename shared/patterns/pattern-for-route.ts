import type { Route } from '../catalogue/routes.ts';
import { STRIPE_SOURCE } from '../event/bus-entry.ts';
import { excludedRoutes } from './excluded-routes.ts';
import type { RulePattern } from './rule-pattern.ts';

/**
 * The pattern of a route's rule: the types that start with its prefix and with no longer prefix of the table.
 * EventBridge joins the matchers of one field by "or", so "starts with this and not with that" is said over two
 * fields that hold the same text: the envelope's `detail-type` and Stripe's own `type` in the detail.
 */
export function patternForRoute(route: Route): RulePattern {
  const excluded = excludedRoutes(route).map(({ prefix }) => prefix);
  return {
    source: [STRIPE_SOURCE],
    'detail-type': [{ prefix: route.prefix }],
    ...(excluded.length > 0 && { detail: { type: [{ 'anything-but': { prefix: excluded } }] } }),
  };
}
