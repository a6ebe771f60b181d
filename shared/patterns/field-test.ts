import { addressDigits } from './matchers/ip-address.ts';
import type { Matcher, Reading, Scalar } from './reading.ts';
import { textOf } from './reading.ts';

/**
 * Joins the matchers of one list into one test of a value: any of them may accept any reading of it.
 * As in AWS's engine, a list that asks for numbers reads a number only as a number.
 */
export function fieldTest(matchers: readonly Matcher[]): (value: Scalar) => boolean {
  const asNumber = matchers.some((matcher) => matcher.needs === 'number');
  const asAddress = matchers.some((matcher) => matcher.needs === 'address');
  return (value) => {
    const accepts = (reading: Reading) => matchers.some((matcher) => matcher.test(reading));
    if (asAddress && typeof value === 'string') {
      const digits = addressDigits(value);
      if (digits !== undefined && accepts({ kind: 'address', text: digits })) return true;
    }
    return asNumber && typeof value === 'number' && Number.isFinite(value)
      ? accepts({ kind: 'number', number: value })
      : accepts({ kind: 'text', text: textOf(value) });
  };
}
