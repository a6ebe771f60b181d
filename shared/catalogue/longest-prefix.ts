import { ROUTES, type Route, type RouteId } from './routes.ts';

/** A row of the routing table, whose id the compiler knows. */
type RoutingRow = Route & { readonly id: RouteId };

const longestFirst: readonly RoutingRow[] = ROUTES.toSorted((a, b) => b.prefix.length - a.prefix.length);

/**
 * The row of the routing table that decides for an event type.
 * @param type a canonical event type (see {@link canonicalType}); any string is allowed
 * @returns the row with the longest prefix that `type` starts with, or `undefined`: the type is unrecognized
 */
export function longestPrefix(type: string): RoutingRow | undefined {
  return longestFirst.find((route) => type.startsWith(route.prefix));
}
