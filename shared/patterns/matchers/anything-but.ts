import { InvalidPattern } from '../invalid-pattern.ts';
import { isJsonObject } from '../json-object.ts';
import { memberPath } from '../json-path.ts';
import { encodable, type Matcher, textOf } from '../reading.ts';
import { caseForms, equalsAnyCase } from './ignore-case.ts';
import { wildcard } from './wildcard.ts';

/**
 * Any present value that is none of those named. A value of another type is not one of them and so matches;
 * a field that is absent does not.
 * @throws {InvalidPattern}
 */
export function anythingBut(excluded: unknown, path: string): Matcher {
  if (isJsonObject(excluded)) return anythingButLike(excluded, path);
  const values: readonly unknown[] = Array.isArray(excluded) ? excluded : [excluded];
  if (values.length > 0 && values.every((value) => typeof value === 'string')) {
    const texts = new Set(values.map(textOf));
    return butText((text) => texts.has(text));
  }
  if (values.length > 0 && values.every((value) => typeof value === 'number' && Number.isFinite(value))) {
    const numbers = new Set(values);
    return {
      needs: 'number',
      test: (reading) => reading.kind === 'text' || (reading.kind === 'number' && !numbers.has(reading.number)),
    };
  }
  throw new InvalidPattern('anything-but takes strings only, finite numbers only, or one operator', path);
}

/** The operators that may stand inside `anything-but`: each makes a test of a quoted text. */
const LIKE: Readonly<Record<string, (value: string, path: string) => (text: string) => boolean>> = {
  prefix: (value, path) => {
    const start = `"${encodable(nonEmpty(value, path))}`;
    return (text) => text.startsWith(start);
  },
  suffix: (value, path) => {
    const end = `${encodable(nonEmpty(value, path))}"`;
    return (text) => text.endsWith(end);
  },
  wildcard: (value, path) => wildcard(textOf(value), path),
  'equals-ignore-case': (value) => {
    const forms = caseForms(`"${value}"`);
    return (text) => equalsAnyCase(forms, text);
  },
};

function anythingButLike(expression: { readonly [key: string]: unknown }, path: string): Matcher {
  const [[operator, operand] = [], ...others] = Object.entries(expression);
  const like = operator !== undefined && Object.hasOwn(LIKE, operator) ? LIKE[operator] : undefined;
  if (operator === undefined || like === undefined || others.length > 0) {
    throw new InvalidPattern(`inside anything-but stands exactly one of ${Object.keys(LIKE).join(', ')}`, path);
  }
  const at = memberPath(path, operator);
  const values: readonly unknown[] = Array.isArray(operand) ? operand : [operand];
  if (values.length === 0) throw new InvalidPattern(`${operator} excludes nothing: its list is empty`, at);
  const tests = values.map((value) => {
    if (typeof value !== 'string') throw new InvalidPattern(`${operator} takes a string or a list of strings`, at);
    return like(value, at);
  });
  return butText((text) => tests.some((test) => test(text)));
}

function butText(isExcluded: (text: string) => boolean): Matcher {
  return { test: (reading) => reading.kind === 'number' || (reading.kind === 'text' && !isExcluded(reading.text)) };
}

function nonEmpty(value: string, path: string): string {
  if (value === '') throw new InvalidPattern('an empty prefix or suffix would exclude every string', path);
  return value;
}
