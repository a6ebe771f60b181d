import type { MatchedTypes } from '../patterns/matched-types.ts';
import { sampleObject } from './sample-object.ts';

const OBJECT = 'detail.data.object.';

/**
 * The object's own fields that a pattern asks for and that no sample of the matched types has. The samples have every
 * field that the `stripe` package declares as always there, so that most of these are misspelt.
 * @returns dotted paths, down to the field
 */
export function fieldsWithoutSample({ types, conditions }: MatchedTypes): readonly string[] {
  const asked = conditions.filter((path) => path.startsWith(OBJECT)).map((path) => path.slice(OBJECT.length));
  if (asked.length === 0) return [];
  const known = fieldsOfSamples(types);
  if (known.size === 0) return [];
  const names = new Set(asked.map((path) => path.split('.')[0] ?? path));
  return [...names].filter((name) => !known.has(name)).map((name) => OBJECT + name);
}

/** The top-level fields that objects of these types have, and of each whether any sample holds a list or an object in it. */
export function fieldsOfSamples(types: MatchedTypes['types']): ReadonlyMap<string, 'scalar' | 'nested'> {
  const fields = new Map<string, 'scalar' | 'nested'>();
  for (const { type, objectKinds } of types) {
    for (const [name, value] of objectKinds.flatMap((kind) => entriesOf(type, kind))) {
      const isNested = typeof value === 'object' && value !== null;
      if (isNested || !fields.has(name)) fields.set(name, isNested ? 'nested' : 'scalar');
    }
  }
  return fields;
}

function entriesOf(type: string, kind: string): readonly (readonly [string, unknown])[] {
  try {
    return Object.entries(sampleObject(type, kind, { livemode: false }).object);
  } catch (error) {
    // Of what no notification points to there is no sample.
    if (error instanceof RangeError) return [];
    throw error;
  }
}
