import type { EventTypeEntry } from './event-type-entry.ts';
import { EVENT_TYPES } from './event-types.ts';

/**
 * The entries in which every word of the text occurs, in name, object or description, whatever the case: first those
 * whose name holds the whole text, else in the order of the catalogue.
 * @param text words separated by white space; an empty text finds all
 */
export function searchEventTypes(text: string): readonly EventTypeEntry[] {
  const sought = text.trim().toLowerCase();
  const words = sought.split(/\s+/);
  const found = EVENT_TYPES.filter((entry) => {
    const haystack = [entry.type, entry.thin?.type, entry.object, ...entry.objectKinds, entry.description]
      .join(' ')
      .toLowerCase();
    return words.every((word) => haystack.includes(word));
  });
  const inName = ({ type }: EventTypeEntry) => type.includes(sought);
  return [...found.filter(inName), ...found.filter((entry) => !inName(entry))];
}
