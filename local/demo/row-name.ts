import type { ObjectKey } from '#shared/projection/object-key.ts';

/** Both parts of a row's key as one text; of an event without a key, the name of no row. */
export function rowName(key: ObjectKey | undefined): string {
  return key === undefined ? '' : JSON.stringify([key.object, key.scope]);
}
