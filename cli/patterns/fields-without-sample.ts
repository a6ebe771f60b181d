import type { MatchedTypes } from '#shared/patterns/matched-types.ts';
import { sampleObject } from '#shared/samples/sample-object.ts';

const OBJECT = 'detail.data.object.';

/**
 * The object's own fields that a pattern asks for and that no sample of the matched types has. The samples have every
 * field that the `stripe` package declares as always there, so that most of these are misspelt.
 * @returns dotted paths, down to the field
 */
export function fieldsWithoutSample({ types, conditions }: MatchedTypes): readonly string[] {
  const asked = conditions.filter((path) => path.startsWith(OBJECT)).map((path) => path.slice(OBJECT.length));
  if (asked.length === 0) return [];
  const known = new Set(types.flatMap(({ type, objectKinds }) => objectKinds.flatMap((kind) => fieldsOf(type, kind))));
  if (known.size === 0) return [];
  const names = new Set(asked.map((path) => path.split('.')[0] ?? path));
  return [...names].filter((name) => !known.has(name)).map((name) => OBJECT + name);
}

function fieldsOf(type: string, kind: string): readonly string[] {
  try {
    return Object.keys(sampleObject(type, kind, { livemode: false }).object);
  } catch (error) {
    // Of what no notification points to there is no sample.
    if (error instanceof RangeError) return [];
    throw error;
  }
}
