import type { EventTypeEntry } from '#shared/catalogue/event-type-entry.ts';
import { InvalidPattern } from '#shared/patterns/invalid-pattern.ts';
import { MAX_PATTERN_CHARACTERS } from '#shared/patterns/pattern-limit.ts';
import { validatePattern } from '#shared/patterns/validate-pattern.ts';
import { fieldsOfSamples } from '#shared/samples/fields-without-sample.ts';
import { filterProblems } from './event-filter.ts';
import { selectEvents } from './event-selection.ts';
import { type Insistence, selectorProblems } from './selector-problems.ts';
import { subscriptionPattern, type WantedEvents } from './subscription-pattern.ts';

/**
 * What keeps events from being subscribed to.
 * @param path what stands before `events` and `where` in messages: empty, or `prod.subscribers[0].`
 * @returns one sentence per problem: what was seen, and what to write instead
 */
export function wantedProblems(wanted: WantedEvents, insistence: Insistence, path = ''): string[] {
  const { events, where = {} } = wanted;
  const problems = [...selectorProblems(events, insistence, `${path}events`), ...filterProblems(where, `${path}where`)];
  return problems.length > 0 ? problems : patternProblems(wanted, path);
}

/** What keeps events from being handled one at a time for each Stripe object: those of some types are about none with an id. */
export function groupingProblems({ events }: WantedEvents): string[] {
  const without = selectEvents(events).types.filter((entry) => !hasObjectId(entry));
  if (without.length === 0) return [];
  const names = without.map(({ type }) => type).join(', ');
  return [
    `fifo keeps the events of one Stripe object together by its id, and these are about an object without one: ${names}. ` +
      'Subscribe to them in a subscription of their own, without fifo, and name the others one by one.',
  ];
}

/** The invoice of `invoice.upcoming` is a preview. */
function hasObjectId(entry: EventTypeEntry): boolean {
  return entry.type !== 'invoice.upcoming' && fieldsOfSamples([entry]).has('id');
}

function patternProblems(wanted: WantedEvents, path: string): string[] {
  const pattern = subscriptionPattern(wanted);
  try {
    validatePattern(pattern);
  } catch (refused) {
    if (!(refused instanceof InvalidPattern)) throw refused;
    const where = refused.path
      .replace(/^\$\.detail\.data\.object/, 'where.object')
      .replace(/^\$\.detail\.data\.previous_attributes/, 'where.previousAttributes');
    return [`${path}${where}: EventBridge would refuse it, for ${refused.reason}.`];
  }
  const characters = JSON.stringify(pattern).length;
  if (characters <= MAX_PATTERN_CHARACTERS) return [];
  return [
    `${path}events and where make a pattern of ${characters} characters, and EventBridge takes ${MAX_PATTERN_CHARACTERS}: ` +
      "name types by their start ('invoice.*'), or make two subscriptions of it.",
  ];
}
