import { UNRECOGNIZED } from '#shared/catalogue/domains.ts';
import { longestPrefix } from '#shared/catalogue/longest-prefix.ts';

/** Event types in the order of the domains that they belong to. */
export function byDomain(types: readonly string[]): string[] {
  const domainOf = (type: string) => longestPrefix(type)?.domain ?? UNRECOGNIZED;
  return types.toSorted((a, b) => domainOf(a).localeCompare(domainOf(b)));
}
