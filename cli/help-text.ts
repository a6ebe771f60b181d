import type { Command, CommandContext, CommandOption } from './command.ts';
import { table } from './terminal/table.ts';

/** Options that every command has. */
export const COMMON_OPTIONS: Readonly<Record<string, CommandOption>> = {
  json: { type: 'boolean', help: 'Print one JSON value and nothing else.' },
  help: { type: 'boolean', short: 'h', help: 'Print this help.' },
};

/** What `fanout` and `fanout --help` say. */
export function overviewText(commands: readonly Command[], { paint, width }: CommandContext): string {
  const rows = commands.map(({ name, summary }) => [`  ${paint('bold', name)}`, summary]);
  return [
    'Usage: fanout <command> [options]',
    '',
    table(rows, width),
    '',
    'From the project: npm run fanout -- <command> [options]',
    'fanout <command> --help says more. Exit codes: 0 done, 1 fault, 2 wrong usage.',
  ].join('\n');
}

/** One line, for the end of an error message. */
export function usageLine(command: Command): string {
  return `Usage: fanout ${command.usage} [options]`;
}

/** What `fanout <command> --help` says. */
export function commandText(command: Command, { width }: CommandContext): string {
  const rows = Object.entries({ ...command.options, ...COMMON_OPTIONS }).map(([name, option]) => [
    `  ${option.short ? `-${option.short}, ` : ''}--${name}${option.value ? ` ${option.value}` : ''}`,
    option.help,
  ]);
  const examples = command.examples.map((example) => `  fanout ${example}`);
  return [command.summary, '', usageLine(command), '', table(rows, width), '', 'Examples:', ...examples].join('\n');
}
