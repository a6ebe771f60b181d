import { InvalidPattern } from './invalid-pattern.ts';
import { isJsonObject } from './json-object.ts';
import { memberPath } from './json-path.ts';
import { addressEquals, cidr } from './matchers/address-range.ts';
import { anythingBut } from './matchers/anything-but.ts';
import { caseForms, endsWithAnyCase, equalsAnyCase, startsWithAnyCase } from './matchers/ignore-case.ts';
import { addressDigits } from './matchers/ip-address.ts';
import { numberEquals, numeric } from './matchers/numeric.ts';
import { wildcard } from './matchers/wildcard.ts';
import { encodable, type Matcher, textOf } from './reading.ts';

/**
 * Reads one element of a pattern's list of values.
 * @throws {InvalidPattern}
 */
export function parseMatcher(element: unknown, path: string): Matcher {
  if (typeof element === 'string') {
    const digits = addressDigits(element);
    return digits === undefined ? exactly(element) : addressEquals(digits);
  }
  if (typeof element === 'number') return numberEquals(element);
  if (typeof element === 'boolean' || element === null) {
    const literal = textOf(element);
    return onText((text) => text === literal);
  }
  if (!isJsonObject(element)) {
    throw new InvalidPattern('a value is a string, number, true, false, null or an object with one operator', path);
  }
  const [[operator, operand] = [], ...others] = Object.entries(element);
  const parse = operator !== undefined && Object.hasOwn(OPERATORS, operator) ? OPERATORS[operator] : undefined;
  if (operator === undefined || parse === undefined || others.length > 0) {
    throw new InvalidPattern(`an operator object has exactly one of ${Object.keys(OPERATORS).join(', ')}`, path);
  }
  return parse(operand, memberPath(path, operator));
}

const OPERATORS: Readonly<Record<string, (operand: unknown, path: string) => Matcher>> = {
  exactly: (operand, path) => exactly(stringOf(operand, path)),
  prefix: (operand, path) => {
    if (isJsonObject(operand)) {
      const forms = caseForms(`"${caseOperand(operand, path)}`);
      return onText((text) => startsWithAnyCase(forms, text));
    }
    const start = `"${encodable(stringOf(operand, path))}`;
    return onText((text) => text.startsWith(start));
  },
  suffix: (operand, path) => {
    if (isJsonObject(operand)) {
      const forms = caseForms(`${caseOperand(operand, path)}"`);
      return onText((text) => endsWithAnyCase(forms, text));
    }
    const end = `${encodable(stringOf(operand, path))}"`;
    return onText((text) => text.endsWith(end));
  },
  'equals-ignore-case': (operand, path) => {
    const forms = caseForms(`"${stringOf(operand, path)}"`);
    return onText((text) => equalsAnyCase(forms, text));
  },
  wildcard: (operand, path) => onText(wildcard(textOf(stringOf(operand, path)), path)),
  'anything-but': anythingBut,
  numeric,
  cidr,
  exists: (operand, path) => {
    if (operand === true) return { test: () => true };
    if (operand === false) return { absence: true, test: () => false };
    throw new InvalidPattern('exists takes true or false', path);
  },
};

function exactly(value: string): Matcher {
  const quoted = textOf(value);
  return onText((text) => text === quoted);
}

function onText(test: (text: string) => boolean): Matcher {
  return { test: (reading) => reading.kind !== 'number' && test(reading.text) };
}

function stringOf(operand: unknown, path: string): string {
  if (typeof operand !== 'string') throw new InvalidPattern('a string is expected here', path);
  return operand;
}

function caseOperand(operand: { readonly [key: string]: unknown }, path: string): string {
  const [[name, value] = [], ...others] = Object.entries(operand);
  if (name !== 'equals-ignore-case' || others.length > 0) {
    throw new InvalidPattern('a string or {"equals-ignore-case": string} is expected here', path);
  }
  return stringOf(value, memberPath(path, name));
}
