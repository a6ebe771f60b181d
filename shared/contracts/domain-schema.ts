import type { DomainOrUnrecognized } from '../catalogue/domains.ts';
import type { EventTypeEntry } from '../catalogue/event-type-entry.ts';
import { EVENT_TYPES } from '../catalogue/event-types.ts';
import { longestPrefix } from '../catalogue/longest-prefix.ts';
import { ENVELOPE_SCHEMA } from './envelope-schema.ts';
import { holding, NOT_WHOLE, namesNoObject, type SchemaPlaces, WITHOUT_OBJECT, wholeObject } from './event-schema.ts';
import type { JsonSchema } from './json-schema.ts';
import { objectSchema } from './object-schema.ts';

const PLACES: SchemaPlaces = { envelope: '#/definitions/StripeEvent', object: (kind) => `#/definitions/${kind}` };

/**
 * All events of a domain in one schema that refers to nothing outside: EventBridge's schema registry takes 100 schemas
 * in a Region, fewer than there are types. Types that Stripe adds later are events like all others.
 */
export function domainSchema(domain: DomainOrUnrecognized): JsonSchema {
  const entries = EVENT_TYPES.filter(({ type }) => longestPrefix(type)?.domain === domain);
  const kinds = [...new Set(entries.flatMap(({ objectKinds }) => objectKinds))].toSorted();
  return {
    $schema: 'http://json-schema.org/draft-04/schema#',
    title: `Stripe events of ${domain}`,
    allOf: [{ $ref: PLACES.envelope }, ...(entries.length > 0 ? [knownTypes(entries)] : [])],
    definitions: {
      StripeEvent: ENVELOPE_SCHEMA,
      ...Object.fromEntries(kinds.map((kind) => [kind, objectSchema(kind)])),
    },
  };
}

function knownTypes(entries: readonly EventTypeEntry[]): JsonSchema {
  const bare = entries.filter(namesNoObject);
  const groups = Map.groupBy(entries, (entry) => JSON.stringify(objectsOf(entry)));
  return {
    anyOf: [
      { properties: { detail: NOT_WHOLE } },
      ...[...groups.values()].map(eventsAbout),
      ...(bare.length > 0
        ? [{ properties: { 'detail-type': { enum: bare.map(({ type }) => type) }, detail: WITHOUT_OBJECT } }]
        : []),
      { not: { properties: { 'detail-type': { enum: entries.map(({ type }) => type) } } } },
    ],
  };
}

function eventsAbout(entries: readonly EventTypeEntry[]): JsonSchema {
  const [first] = entries;
  return {
    properties: {
      'detail-type': { enum: entries.map(({ type }) => type) },
      detail: holding(first === undefined ? [] : objectsOf(first)),
    },
  };
}

function objectsOf({ type, objectKinds }: EventTypeEntry): readonly JsonSchema[] {
  return objectKinds.map((kind) => wholeObject(type, kind, PLACES));
}
