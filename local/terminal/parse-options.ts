import { type ParseArgsOptionsConfig, parseArgs } from 'node:util';
import { didYouMean } from '#shared/naming/nearest-name.ts';
import { UsageError } from './usage-error.ts';

/** The largest number that seeds a random generator: 32 bits, of which each is another one. */
export const LARGEST_SEED = 2 ** 32 - 1;

/**
 * The values of a command line's options.
 * @throws {UsageError} an option is unknown, lacks its value, or something stands there that is no option
 */
export function parseOptions<const Options extends ParseArgsOptionsConfig>(args: readonly string[], options: Options) {
  try {
    return parseArgs({ args: [...args], options }).values;
  } catch (cause) {
    throw new UsageError(cause instanceof Error ? cause.message : String(cause), { cause });
  }
}

/** @throws {UsageError} the text is not a whole number from `min` to `max` */
export function wholeNumber(option: string, text: string | undefined, min: number, max: number): number | undefined {
  if (text === undefined) return undefined;
  const value = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  if (value >= min && value <= max) return value;
  throw new UsageError(`${option} is "${text}"; a whole number from ${min} to ${max} was expected.`);
}

/** @throws {UsageError} the text is not a decimal number from `min` to `max`, such as `0.5` */
export function decimalNumber(option: string, text: string | undefined, min: number, max: number): number | undefined {
  if (text === undefined) return undefined;
  const value = /^\d+(\.\d+)?$/.test(text) ? Number(text) : Number.NaN;
  if (value >= min && value <= max) return value;
  throw new UsageError(`${option} is "${text}"; a number from ${min} to ${max} was expected.`);
}

/** @throws {UsageError} the text is none of the names */
export function oneOf<Name extends string>(
  option: string,
  text: string | undefined,
  names: readonly Name[],
): Name | undefined {
  if (text === undefined) return undefined;
  const found = names.find((name) => name === text);
  if (found !== undefined) return found;
  throw new UsageError(`${option} is "${text}"; one of ${names.join(', ')} was expected.${didYouMean(text, names)}`);
}
