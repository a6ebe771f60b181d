import { InvalidPattern } from '#shared/patterns/invalid-pattern.ts';
import { MAX_PATTERN_CHARACTERS } from '#shared/patterns/pattern-limit.ts';
import { validatePattern } from '#shared/patterns/validate-pattern.ts';
import type { CommandContext } from '../command.ts';
import { OperatorFault } from '../operator-fault.ts';
import { UsageError } from '../usage-error.ts';

/**
 * Reads an event pattern from a file, and refuses what EventBridge would refuse.
 * @param file `-` for standard input
 * @throws {UsageError} the file cannot be read
 * @throws {OperatorFault} it holds no pattern; the message says where and why
 */
export async function readPattern(file: string, { readFile }: CommandContext): Promise<unknown> {
  const name = file === '-' ? 'standard input' : file;
  const text = await readFile(file).catch((cause: unknown) => {
    const reason = cause instanceof Error ? cause.message : cause;
    throw new UsageError(`${name} cannot be read: ${reason}.`, { cause });
  });
  const pattern = parse(text, name);
  try {
    validatePattern(pattern);
  } catch (error) {
    if (!(error instanceof InvalidPattern)) throw error;
    const message = `EventBridge would refuse the pattern. At ${error.path}: ${error.reason}.`;
    throw new OperatorFault('invalid_pattern', message, { cause: error });
  }
  const characters = JSON.stringify(pattern).length;
  if (characters <= MAX_PATTERN_CHARACTERS) return pattern;
  throw new OperatorFault(
    'pattern_too_long',
    `The pattern has ${characters} characters without white space; EventBridge takes ${MAX_PATTERN_CHARACTERS}. Use prefixes in place of lists of names, or make two rules of it.`,
  );
}

function parse(text: string, name: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new OperatorFault('not_json', `${name} is not JSON: ${reason}.`, { cause });
  }
}
