import { UNRECOGNIZED } from '#shared/catalogue/domains.ts';
import { longestPrefix } from '#shared/catalogue/longest-prefix.ts';
import { matchedTypes } from '#shared/patterns/matched-types.ts';
import { readText } from '../arguments/read-arguments.ts';
import type { Command, CommandContext, Report } from '../command.ts';
import { OperatorFault } from '../operator-fault.ts';
import { patternNotes } from '../patterns/pattern-notes.ts';
import { readPattern } from '../patterns/read-pattern.ts';
import { table, wrap } from '../terminal/table.ts';
import { UsageError } from '../usage-error.ts';

/** `fanout match`: which types a rule with a pattern would get. Looks at nothing but the file. */
export const matchCommand: Command = {
  name: 'match',
  summary: 'Say which event types an EventBridge pattern matches, and what is wrong with it.',
  usage: 'match --pattern FILE',
  options: {
    pattern: { type: 'string', value: 'FILE', help: 'The pattern as JSON; - reads standard input.' },
  },
  examples: ['match --pattern rule.json', 'match --pattern - --json < rule.json'],
  async run(args, context) {
    const file = readText(args, 'pattern');
    if (file === undefined || args.positionals.length > 0) throw new UsageError('match takes --pattern FILE only.');
    try {
      return reportOn(await readPattern(file, context), context);
    } catch (error) {
      if (!(error instanceof OperatorFault)) throw error;
      const { code, message } = error;
      return { exitCode: 1, data: { error: { code, message } }, text: message };
    }
  },
};

function reportOn(pattern: unknown, { width, paint }: CommandContext): Report {
  const matched = matchedTypes(pattern);
  const notes = patternNotes(pattern, matched);
  const types = matched.types.map(({ type }) => ({ type, domain: longestPrefix(type)?.domain ?? UNRECOGNIZED }));
  const notifications = matched.notifications.map(({ type }) => type);
  const rows = types.map(({ type, domain }) => [`  ${type}`, domain]);
  const text = [
    paint('bold', count(types.length, 'known type')),
    ...(rows.length > 0 ? [table(rows, width)] : []),
    ...(notifications.length > 0 ? ['', `${count(notifications.length, 'type')} as unresolved notifications`] : []),
    ...(matched.conditions.length > 0
      ? ['', ...wrap(`Of these, the events that also fit in ${matched.conditions.join(', ')}.`, width)]
      : []),
    ...notes.flatMap((note) => ['', ...wrap(`Note: ${note}`, width)]),
  ].join('\n');
  return {
    exitCode: types.length + notifications.length > 0 ? 0 : 1,
    data: { types, notifications, conditions: matched.conditions, notes },
    text,
  };
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}
