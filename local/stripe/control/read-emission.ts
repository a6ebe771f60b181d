import type { JsonReader } from '../../json-reader.ts';
import { type Emission, EmissionRefused } from '../emit/emission.ts';

const STYLES = ['snapshot', 'thin', 'both'] as const;

/** Most copies of one event; more would test nothing else. */
const MAX_COPIES = 100;

/**
 * Reads an emission from JSON.
 * @throws {EmissionRefused} naming the field that is wrong
 */
export function readEmission(input: JsonReader): Emission {
  const styleName = input.optionalString('style');
  const style = STYLES.find((name) => name === styleName);
  if (styleName !== undefined && !style) {
    throw new EmissionRefused(`style is "${styleName}"; ${STYLES.join(', ')} were expected.`);
  }
  const copies = input.optionalNumber('copies');
  if (copies !== undefined && !(Number.isInteger(copies) && copies >= 1 && copies <= MAX_COPIES)) {
    throw new EmissionRefused(`copies is ${copies}; a whole number from 1 to ${MAX_COPIES} was expected.`);
  }
  const delayMs = input.optionalNumber('delayMs');
  if (delayMs !== undefined && !(delayMs >= 0 && delayMs <= 3_600_000)) {
    throw new EmissionRefused(`delayMs is ${delayMs}; 0 to 3600000 was expected.`);
  }
  return {
    type: input.string('type'),
    style,
    destination: input.optionalString('destination'),
    livemode: input.optionalBoolean('livemode'),
    account: input.optionalString('account'),
    seed: input.optionalString('seed'),
    created: input.optionalNumber('created'),
    object: input.optionalObject('object')?.value,
    copies,
    delayMs,
    tag: input.optionalString('tag'),
  };
}
