import type { Runtime } from '#local/running-pipeline.ts';
import { NOT_PLAYED } from './not-played.ts';
import { nameOf, statementsOf } from './rounds.ts';

/**
 * Allowing statements of a part of the templates that nothing used since the start, or the last call: for stages with options
 * that `npm run permissions` does not play. What is used here is needed, since the runtime denies what nothing allows.
 * @param part matches the names of its statements
 * @returns names with the actions that nothing asked for
 */
export function unusedStatements(
  assembly: string,
  { access }: Pick<Runtime, 'access'>,
  part: RegExp,
): readonly string[] {
  const used = access.takeUsed();
  return statementsOf(assembly).flatMap((statement) => {
    const name = nameOf(statement);
    // What forbids is not used by what goes well.
    if (statement.effect === 'Deny' || !part.test(name) || NOT_PLAYED.some((row) => row.statements.test(name)))
      return [];
    const done = used.get(statement.id) ?? new Set();
    const actions = [statement.source.Action].flat().map(String);
    const unasked = actions.filter((action) => !action.includes('*') && !done.has(action));
    return done.size > 0 && unasked.length === 0 ? [] : [`${name}: ${unasked.join(', ') || 'never'}`];
  });
}
