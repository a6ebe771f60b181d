import { isRecord } from '#shared/event/stripe-event.ts';

/** A pattern that CloudWatch Logs would not take, or that is not emulated. */
export class InvalidFilterPattern extends Error {
  override readonly name = 'InvalidFilterPattern';
}

export type LineTest = (line: string) => boolean;

const COMPARISON = /^\$((?:\.\w+)+) *(!=|>=|<=|=|>|<) *(?:"([^"]*)"|(-?\d+(?:\.\d+)?))$/;
const TERM = /"([^"]+)"|(\S+)/g;

/**
 * What a filter pattern of CloudWatch Logs finds: all lines (empty), lines with each of some words or quoted texts, or
 * JSON lines with fields that compare as said (`{ $.level = "ERROR" || $.undelivered > 0 }`).
 * @throws {InvalidFilterPattern} among others for brackets, `IN`, `EXISTS` and space-delimited patterns
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/FilterAndPatternSyntax.html
 */
export function filterPattern(pattern: string): LineTest {
  const text = pattern.trim();
  if (text.startsWith('{')) return jsonPattern(text);
  const terms = Array.from(text.matchAll(TERM), ([, quoted, word]) => quoted ?? word ?? '');
  if (terms.some((term) => /^[?[%-]/.test(term))) throw notHere(text);
  return (line) => terms.every((term) => line.includes(term));
}

function jsonPattern(text: string): LineTest {
  const [, inner] = /^\{(.*)\}$/s.exec(text) ?? [];
  if (inner === undefined) throw notHere(text);
  const alternatives = inner.split('||').map((all) => all.split('&&').map((one) => comparison(one.trim(), text)));
  return (line) => {
    const value = parsed(line);
    return value !== undefined && alternatives.some((all) => all.every((test) => test(value)));
  };
}

function comparison(source: string, pattern: string): (value: unknown) => boolean {
  const [, path = '', operator = '', quoted, number] = COMPARISON.exec(source) ?? [];
  if (path === '') throw notHere(pattern);
  const keys = path.slice(1).split('.');
  const wanted = quoted ?? Number(number);
  return (value) => {
    const found = keys.reduce<unknown>((within, key) => (isRecord(within) ? within[key] : undefined), value);
    return compare(found, operator, wanted);
  };
}

function compare(found: unknown, operator: string, wanted: string | number): boolean {
  if (operator === '=') return found === wanted;
  if (operator === '!=') return found !== undefined && found !== wanted;
  if (typeof found !== 'number' || typeof wanted !== 'number') return false;
  if (operator === '>') return found > wanted;
  if (operator === '<') return found < wanted;
  return operator === '>=' ? found >= wanted : found <= wanted;
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

function notHere(pattern: string): InvalidFilterPattern {
  return new InvalidFilterPattern(
    `The local runtime cannot read the filter pattern ${pattern}. It knows texts that a line contains, and comparisons of JSON fields joined by && and ||.`,
  );
}
