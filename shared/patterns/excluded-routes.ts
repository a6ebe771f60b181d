import { ROUTES, type Route } from '../catalogue/routes.ts';

/**
 * The routes directly nested under a route: their events are not its own. Deeper ones start with the prefix of one
 * of these, so naming these excludes all. A rule is deployed after the rules it excludes, so that a change makes
 * rules overlap for a moment and never leaves a gap.
 */
export function excludedRoutes(route: Route, routes: readonly Route[] = ROUTES): readonly Route[] {
  const nested = routes.filter((other) => isNested(other, route));
  return nested.filter((inner) => !nested.some((between) => isNested(inner, between)));
}

/** The routes nested under no other: together their prefixes cover every recognized type. */
export function rootRoutes(routes: readonly Route[] = ROUTES): readonly Route[] {
  return routes.filter((route) => !routes.some((outer) => isNested(route, outer)));
}

function isNested(inner: Route, outer: Route): boolean {
  return inner.prefix !== outer.prefix && inner.prefix.startsWith(outer.prefix);
}
