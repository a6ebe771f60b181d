import { parseArgs } from 'node:util';
import { didYouMean } from '#shared/naming/nearest-name.ts';
import type { Arguments, Command, CommandContext } from './command.ts';
import { COMMANDS } from './commands.ts';
import { COMMON_OPTIONS, commandText, overviewText, usageLine } from './help-text.ts';
import { UsageError } from './usage-error.ts';

/** What the entry prints, and the code it ends with: 0 done, 1 fault, 2 wrong usage. */
export interface Ending {
  readonly exitCode: 0 | 1 | 2;
  readonly stdout: string;
  readonly stderr: string;
}

/**
 * Finds the command, parses its arguments and runs it.
 * @param argv the arguments after the program's name
 */
export async function runFanout(argv: readonly string[], context: CommandContext): Promise<Ending> {
  const [first] = argv;
  if (first === undefined) return usageFault(overviewText(COMMANDS, context));
  if (['--help', '-h', 'help'].includes(first)) return done(overviewText(COMMANDS, context));

  const command = COMMANDS.find(({ name }) => name === argv.slice(0, wordsOf(name)).join(' '));
  if (command === undefined) return unknownCommand(first, argv, context);
  const rest = argv.slice(wordsOf(command.name));
  try {
    const args = parse(command, rest);
    if (args.values.help) return done(commandText(command, context));
    const { exitCode, data, text } = await command.run(args, context);
    return { exitCode, stdout: args.values.json ? JSON.stringify(data, null, 2) : text, stderr: '' };
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    return usageFault(`${error.message}\n\n${usageLine(command)}\nfanout ${command.name} --help lists the options.`);
  }
}

function wordsOf(name: string): number {
  return name.split(' ').length;
}

/** Lists the commands of a group when only the group was named. */
function unknownCommand(first: string, argv: readonly string[], context: CommandContext): Ending {
  const group = COMMANDS.filter(({ name }) => name.startsWith(`${first} `));
  const words = argv.slice(0, 2).filter((word) => !word.startsWith('-'));
  if (group.length > 0 && words.length === 1) {
    const text = overviewText(group, context);
    return argv.length > 1 ? done(text) : usageFault(text);
  }
  const name = group.length > 0 ? words.join(' ') : first;
  const names = (group.length > 0 ? group : COMMANDS).map((candidate) => candidate.name);
  return usageFault(`There is no command ${name}.${didYouMean(name, names)}\n\n${overviewText(COMMANDS, context)}`);
}

/** `--local` alone means its usual value; `parseArgs` knows no optional ones. */
function withBareValues(argv: readonly string[], options: Command['options']): string[] {
  return argv.map((word, i) => {
    const bare = word.startsWith('--') ? options[word.slice(2)]?.bare : undefined;
    return bare === undefined || argv[i + 1]?.startsWith('http') ? word : `${word}=${bare}`;
  });
}

function parse(command: Command, argv: readonly string[]): Arguments {
  const options = { ...command.options, ...COMMON_OPTIONS };
  const plain = Object.entries(options).map(
    ([name, { type, short }]) => [name, short ? { type, short } : { type }] as const,
  );
  try {
    return parseArgs({
      args: withBareValues(argv, options),
      options: Object.fromEntries(plain),
      allowPositionals: true,
      strict: true,
    });
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    const [, valued = ''] =
      /^Option '(?:-\w, )?--([\w-]+).* argument (?:missing|is ambiguous)/.exec(error.message) ?? [];
    if (options[valued])
      throw new UsageError(`--${valued} takes a value: --${valued} ${options[valued].value}.`, { cause: error });
    const flag = argv.find(
      (word) => word.startsWith('--') && !Object.hasOwn(options, word.slice(2).split('=')[0] ?? ''),
    );
    const names = Object.keys(options).map((option) => `--${option}`);
    const [sentence = error.message] = error.message.split(/\. |\n/);
    throw new UsageError(`${sentence.replace(/\.$/, '')}.${flag ? didYouMean(flag, names) : ''}`, { cause: error });
  }
}

function done(stdout: string): Ending {
  return { exitCode: 0, stdout, stderr: '' };
}

function usageFault(stderr: string): Ending {
  return { exitCode: 2, stdout: '', stderr };
}
