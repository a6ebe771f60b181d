import type { TeamRow } from '../ports/team-rows.ts';

/** What stands between a row's scope and its part, and in no scope. */
const SEPARATOR = '/';

/** Sort key of a team's row: its scope, and its part where it is one of several under its key. */
export function teamRowScope({ scope, part }: Pick<TeamRow, 'scope' | 'part'>): string {
  return part === undefined ? scope : `${scope}${SEPARATOR}${part}`;
}

/** How the sort keys of all parts of one key and scope begin. */
export function partsOf(scope: string): string {
  return `${scope}${SEPARATOR}`;
}
