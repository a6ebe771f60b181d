import { isJsonObject } from './json-object.ts';
import type { Scalar } from './reading.ts';

/** Which element of which list of the event a value stands in: position by number of the list. */
export type Membership = ReadonlyMap<number, number>;

/** One value of an event. */
export interface Field {
  readonly value: Scalar;
  readonly membership: Membership;
}

/** Tells whether any pattern path has a step of this name; what no pattern names is not walked. */
export type IsStep = (key: string) => boolean;

/** The values of an event by dotted path. Empty objects and empty lists leave nothing: such a field is absent. */
export function flattenEvent(event: object, isStep: IsStep): ReadonlyMap<string, readonly Field[]> {
  const fields = new Map<string, Field[]>();
  let lists = 0;

  const add = (path: string, value: unknown, membership: Membership): void => {
    if (Array.isArray(value)) {
      const list = lists++;
      for (const [index, element] of value.entries()) {
        // A scalar does not belong to an element of its own list: ["a", "b"] answers to "a" and to "b" at once.
        const nested = typeof element === 'object' && element !== null;
        add(path, element, nested ? new Map(membership).set(list, index) : membership);
      }
    } else if (isJsonObject(value)) {
      for (const [key, member] of Object.entries(value)) {
        if (isStep(key)) add(`${path}.${key}`, member, membership);
      }
    } else if (isScalar(value)) {
      const present = fields.get(path);
      if (present) present.push({ value, membership });
      else fields.set(path, [{ value, membership }]);
    }
  };

  for (const [key, value] of Object.entries(event)) {
    if (isStep(key)) add(key, value, new Map());
  }
  return fields;
}

/**
 * The filter of AWS's engine: a key counts when it is a step of a path, or when it holds dots and all its parts are.
 * (Trailing dots make no part, so the pattern path `a.` meets the key `a.` but not an empty key below `a`.)
 */
export function stepFilter(paths: Iterable<string>): IsStep {
  const steps = new Set<string>();
  for (const path of paths) for (const step of dotParts(path)) steps.add(step);
  return (key) => steps.has(key) || (key.includes('.') && dotParts(key).every((part) => steps.has(part)));
}

function dotParts(text: string): string[] {
  if (!text.includes('.')) return [text];
  const kept = text.replace(/\.+$/, '');
  return kept === '' ? [] : kept.split('.');
}

function isScalar(value: unknown): value is Scalar {
  return value === null || typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
}
