import { addMember } from './bus-entry.ts';
import { sliceMembers } from './json-slice.ts';

/**
 * Sets a member of a JSON object and leaves the text of all others as it is: one that is new comes last, one that is there
 * keeps its place.
 * @param json text of a JSON object with at least one key
 * @param value JSON text
 */
export function withMember(json: string, name: string, value: string): string {
  const members = sliceMembers(json);
  if (!members.has(name)) return addMember(json, name, value);
  members.set(name, value);
  return `{${[...members].map(([key, text]) => `${JSON.stringify(key)}:${text}`).join(',')}}`;
}
