import { comesAs } from '../catalogue/comes-as.ts';
import { DECISION_TYPES } from '../catalogue/decision-types.ts';
import type { Domain } from '../catalogue/domains.ts';
import type { EventTypeEntry } from '../catalogue/event-type-entry.ts';
import { EVENT_TYPES } from '../catalogue/event-types.ts';
import { findEventType } from '../catalogue/find-event-type.ts';
import { longestPrefix } from '../catalogue/longest-prefix.ts';
import type { DeclaredDestination } from './declared-destination.ts';

/**
 * Documented, and in no package's list of types: Stripe failed to make an event, and says which one.
 * @see https://docs.stripe.com/webhooks/handle-irrecoverable-events
 */
export const GENERATION_FAILURE = 'v2.core.health.event_generation_failure.resolved';

/** Events of accounts of API v2 go to the platform's own destinations only. */
const OWN_ONLY = 'v2.core.account';

/**
 * The event types to ask Stripe for, by Stripe's names, sorted: every one of the catalogue whose domain is wanted. By
 * name, for `*` leaves out those that require selection, and thin destinations take no `*`.
 *
 * Where a destination takes either payload style, each type is asked for once: as a snapshot where there is one, thin
 * otherwise.
 * @param accounts whose events: of a destination that takes `either`, one of its two halves
 */
export function wantedTypes(
  { payload: declared, alsoSend = [], leaveOut = [] }: DeclaredDestination,
  payload: 'snapshot' | 'thin',
  accounts: 'own' | 'connected',
  domainsOff: readonly Domain[],
): readonly string[] {
  const isWanted = (entry: EventTypeEntry): boolean => {
    const name = nameOf(entry, payload);
    if (!comesAs(entry, payload) || entry.legacy === true || DECISION_TYPES.includes(entry.type)) return false;
    if (payload === 'thin' && declared === 'either' && comesAs(entry, 'snapshot')) return false;
    if (accounts === 'connected' && name.startsWith(OWN_ONLY)) return false;
    const domain = longestPrefix(entry.type)?.domain;
    return domain === undefined || !domainsOff.includes(domain);
  };
  const names = EVENT_TYPES.filter(isWanted).map((entry) => nameOf(entry, payload));
  const health = payload === 'thin' && accounts === 'own' ? [GENERATION_FAILURE] : [];
  const added = [...health, ...alsoSend.filter((name) => styleOf(name) === payload)];
  const left = new Set(leaveOut.flatMap((name) => [name, `v1.${name}`]));
  return [...new Set([...names, ...added])].filter((name) => !left.has(name)).sort();
}

/** Whether `*` would leave a type out, so that only its name brings it. */
export function requiresSelection(name: string): boolean {
  return findEventType(name)?.selectionRequired === true;
}

/** Thin types carry their API's version in their name. */
function styleOf(name: string): 'snapshot' | 'thin' {
  return /^v\d+\./.test(name) ? 'thin' : 'snapshot';
}

function nameOf(entry: EventTypeEntry, payload: 'snapshot' | 'thin'): string {
  return payload === 'thin' ? (entry.thin?.type ?? entry.type) : entry.type;
}
