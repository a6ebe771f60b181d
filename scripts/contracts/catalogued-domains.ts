import { DOMAINS } from '#shared/catalogue/domains.ts';
import { EVENT_TYPES } from '#shared/catalogue/event-types.ts';
import { longestPrefix } from '#shared/catalogue/longest-prefix.ts';

/** The domains of which the catalogue knows a type; the others wait for the first that Stripe makes. */
export const CATALOGUED_DOMAINS = DOMAINS.filter(({ name }) =>
  EVENT_TYPES.some(({ type }) => longestPrefix(type)?.domain === name),
);
