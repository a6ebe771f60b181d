import { isKeptInReference } from '#shared/event/kept-in-reference.ts';
import { nearestNames } from '#shared/naming/nearest-name.ts';
import { matchedTypes } from '#shared/patterns/matched-types.ts';
import { fieldsOfSamples, fieldsWithoutSample } from '#shared/samples/fields-without-sample.ts';
import { filteredPaths } from './event-filter.ts';
import { selectEvents } from './event-selection.ts';
import { subscriptionPattern, type WantedEvents } from './subscription-pattern.ts';

/** Something a subscriber should know. Its id is what one acknowledges it by. */
export interface Warning {
  readonly id: string;
  readonly message: string;
}

const OBJECT = 'detail.data.object.';

/** What the author of a subscription that can be deployed may not have thought of. */
export function wantedWarnings(wanted: WantedEvents): Warning[] {
  return [...selectionRequired(wanted), ...unknownFields(wanted), ...lostInReference(wanted)];
}

function selectionRequired({ events }: WantedEvents): Warning[] {
  return selectEvents(events)
    .types.filter((entry) => entry.selectionRequired)
    .map(({ type }) => ({
      id: 'stripe-fanout:selection-required',
      message: `Stripe sends ${type} only to destinations that list it by name, for * leaves it out: ask the owner of the pipeline whether theirs does.`,
    }));
}

function unknownFields(wanted: WantedEvents): Warning[] {
  const matched = matchedTypes(subscriptionPattern(wanted));
  const known = [...fieldsOfSamples(matched.types).keys()];
  return fieldsWithoutSample(matched).map((path) => {
    const name = path.slice(OBJECT.length);
    const [nearest] = nearestNames(name, known, 1);
    return {
      id: 'stripe-fanout:unknown-field',
      message: `where.object.${name}: no sample of these events has that field, so that perhaps none ever matches.${nearest === undefined ? '' : ` Did you mean "${nearest}"?`}`,
    };
  });
}

function lostInReference({ events, where = {} }: WantedEvents): Warning[] {
  const fields = fieldsOfSamples(selectEvents(events).types);
  const isNested = (path: string) => path.startsWith(OBJECT) && fields.get(path.slice(OBJECT.length)) === 'nested';
  return filteredPaths(where)
    .filter((path) => !isKeptInReference(path) || isNested(path))
    .map((path) => ({
      id: 'stripe-fanout:not-in-reference',
      message: `where looks at ${path.replace(/^detail\.data\./, '')}: an event that is too large for the bus is announced without it, and this subscription will not get that one. Filter by a scalar field of the object or its metadata, or in the handler.`,
    }));
}
