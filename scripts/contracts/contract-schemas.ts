import { EVENT_TYPES } from '#shared/catalogue/event-types.ts';
import { ENVELOPE_SCHEMA } from '#shared/contracts/envelope-schema.ts';
import { eventSchema } from '#shared/contracts/event-schema.ts';
import type { JsonSchema } from '#shared/contracts/json-schema.ts';
import { objectSchema } from '#shared/contracts/object-schema.ts';
import { contractName } from './contract-name.ts';

const $schema = 'http://json-schema.org/draft-07/schema#';
const PLACES = { envelope: 'envelope.json', object: (kind: string) => `objects/${kind}.json` };

/**
 * The JSON Schemas by path: `envelope.json`, one per event type, which refers to it and to the object's in `objects/`,
 * and `index.json`, which names the file of each type.
 */
export function contractSchemas(): ReadonlyMap<string, JsonSchema | Readonly<Record<string, string>>> {
  const kinds = [...new Set(EVENT_TYPES.flatMap(({ objectKinds }) => objectKinds))].toSorted();
  const fileOf = (type: string) => `${contractName(type)}.json`;
  return new Map<string, JsonSchema | Readonly<Record<string, string>>>([
    ['envelope.json', { $schema, ...ENVELOPE_SCHEMA }],
    ...kinds.map((kind) => [PLACES.object(kind), { $schema, ...objectSchema(kind) }] as const),
    ...EVENT_TYPES.map((entry) => [fileOf(entry.type), { $schema, ...eventSchema(entry, PLACES) }] as const),
    ['index.json', Object.fromEntries(EVENT_TYPES.map(({ type }) => [type, fileOf(type)]))],
  ]);
}
