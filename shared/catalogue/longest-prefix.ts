import { ROUTES, type Route } from './routes.ts';

const longestFirst: readonly Route[] = ROUTES.toSorted((a, b) => b.prefix.length - a.prefix.length);

/**
 * The row of the routing table that decides for an event type.
 * @param type a canonical event type (see {@link canonicalType}); any string is allowed
 * @returns the row with the longest prefix that `type` starts with, or `undefined`: the type is unrecognized
 */
export function longestPrefix(type: string): Route | undefined {
  return longestFirst.find((route) => type.startsWith(route.prefix));
}
