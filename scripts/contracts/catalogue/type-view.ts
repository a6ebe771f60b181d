import { DOMAINS, type DomainOrUnrecognized, UNRECOGNIZED } from '#shared/catalogue/domains.ts';
import type { EventTypeEntry } from '#shared/catalogue/event-type-entry.ts';
import { EVENT_TYPES } from '#shared/catalogue/event-types.ts';
import { longestPrefix } from '#shared/catalogue/longest-prefix.ts';
import type { RuleId } from '#shared/naming/resource-names.ts';
import type { Subscriber } from './subscriber.ts';

/** What the pages are made for. */
export interface CatalogueOptions {
  readonly stage: string;
  /** Whether a domain has a handler in the stage. */
  readonly stateOf: (domain: DomainOrUnrecognized) => 'on' | 'draining' | 'off';
  /** Other teams' rules. */
  readonly subscribers: readonly Subscriber[];
  /** Whether these are all there are on the bus, and not only those that the configuration names. */
  readonly areAllKnown: boolean;
}

/** An event type with all that a page says of it. */
export interface TypeView {
  readonly entry: EventTypeEntry;
  readonly domain: DomainOrUnrecognized;
  readonly domainTitle: string;
  /** Row of the routing table, by which its rule is named. */
  readonly routeId: RuleId;
  readonly prefix: string | undefined;
  readonly subscribers: readonly Subscriber[];
  /** What sets it apart from most: `thin only`, `selection required`. */
  readonly marks: readonly string[];
}

/** Every catalogued type, in the order of the domains and by name within them. */
export function typeViews({ subscribers }: Pick<CatalogueOptions, 'subscribers'>): readonly TypeView[] {
  const order = DOMAINS.map(({ name }) => name as string);
  return EVENT_TYPES.map((entry) => viewOf(entry, subscribers)).toSorted(
    (a, b) => order.indexOf(a.domain) - order.indexOf(b.domain),
  );
}

function viewOf(entry: EventTypeEntry, subscribers: readonly Subscriber[]): TypeView {
  const route = longestPrefix(entry.type);
  const domain = route?.domain ?? UNRECOGNIZED;
  return {
    entry,
    domain,
    domainTitle: DOMAINS.find(({ name }) => name === domain)?.title ?? 'Unrecognized',
    routeId: route?.id ?? 'Unrecognized',
    prefix: route?.prefix,
    subscribers: subscribers.filter(({ types }) => types.includes(entry.type)),
    marks: marksOf(entry),
  };
}

function marksOf({ styles, since, selectionRequired, legacy }: EventTypeEntry): readonly string[] {
  const marks = [
    styles.join() === 'thin' && 'thin only',
    selectionRequired && 'selection required',
    since === 'sdk' && 'newer',
    legacy && 'legacy',
  ];
  return marks.filter((mark) => typeof mark === 'string');
}
