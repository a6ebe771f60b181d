import { isRecord } from '#shared/event/stripe-event.ts';
import { nearestName } from '#shared/naming/nearest-name.ts';

/**
 * Checks one value of a configuration.
 * @param path where it stands, for the message
 * @returns one sentence per problem: what was seen, and what to write instead
 */
export type Check = (value: unknown, path: string) => string[];

export function wholeNumber(least: number, most: number, unit: string): Check {
  return (value, path) =>
    Number.isInteger(value) && Number(value) >= least && Number(value) <= most
      ? []
      : [`${path} is ${shown(value)}: write a whole number from ${least} to ${most} (${unit}).`];
}

export function oneOf(...allowed: readonly (string | number | boolean)[]): Check {
  return (value, path) =>
    allowed.some((each) => each === value)
      ? []
      : [`${path} is ${shown(value)}: write ${allowed.map(shown).join(' or ')}.`];
}

export function text(grammar: RegExp, meaning: string): Check {
  return (value, path) =>
    typeof value === 'string' && grammar.test(value) ? [] : [`${path} is ${shown(value)}: write ${meaning}.`];
}

/** A list whose members all pass. */
export function each(check: Check): Check {
  return (value, path) =>
    Array.isArray(value)
      ? value.flatMap((member, index) => check(member, `${path}[${index}]`))
      : [`${path} is ${shown(value)}: write a list.`];
}

/** A list is judged by the second check, anything else by the first. */
export function orElse(check: Check, forLists: Check): Check {
  return (value, path) =>
    Array.isArray(value)
      ? forLists(value, path)
      : check(value, path).map((problem) => problem.replace(/\.$/, ' or a list.'));
}

/**
 * An object with these keys and no others; `undefined` counts as left out.
 * @param required the keys that must be there
 */
export function fields(
  checks: Readonly<Record<string, Check>>,
  required: 'all required' | 'optional' | readonly string[] = 'optional',
): Check {
  const isRequired = (key: string) =>
    typeof required === 'string' ? required === 'all required' : required.includes(key);
  return (value, path) => {
    if (!isRecord(value)) return [`${path} is ${shown(value)}: write an object.`];
    const known = Object.entries(checks).flatMap(([key, check]) => {
      if (value[key] === undefined) return isRequired(key) ? [`${path}.${key} is missing: add it.`] : [];
      return check(value[key], `${path}.${key}`);
    });
    return [...unknownKeys(value, Object.keys(checks), path), ...known];
  };
}

/** An object whose keys are among `keys` and whose values all pass. */
export function keyed(keys: readonly string[], check: Check): Check {
  return fields(Object.fromEntries(keys.map((key) => [key, check])));
}

function unknownKeys(value: Record<string, unknown>, known: readonly string[], path: string): string[] {
  return Object.keys(value)
    .filter((key) => !known.includes(key))
    .map((key) => {
      const nearest = nearestName(key, known);
      const advice = nearest === undefined ? `use one of ${known.join(', ')}` : `did you mean "${nearest}"?`;
      return `${path}.${key} is not an option: ${advice}`;
    });
}

function shown(value: unknown): string {
  return JSON.stringify(value) ?? String(value);
}
