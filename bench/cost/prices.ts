import { readFileSync } from 'node:fs';
import { UsageError } from '#local/terminal/usage-error.ts';
import { isRecord } from '#shared/event/stripe-event.ts';
import defaults from './prices-us-east-1.json' with { type: 'json' };

/** Dollars by what is billed; each name says for what. Beside them the quotas that differ by Region. */
export type Prices = typeof defaults & {
  /** How many prices of another Region's list are those of us-east-1, for it has none. */
  readonly leftOut?: number;
};

/** What the Regions with the least have: what a list of another Region is taken to mean that has no quotas. */
const LEAST_QUOTAS = {
  ...defaults.quotas,
  putEventsPerSecond: 600,
  targetInvocationsPerSecond: 750,
  apiRequestsPerSecond: 2_500,
};

/**
 * The dated list of us-east-1, or another Region's.
 * @param file JSON of the same form; what it leaves out stays as in us-east-1, of quotas as where there is the least
 * @throws {UsageError} it cannot be read, or has a name that is no price, or a value that is no number of 0 or more
 */
export function readPrices(file: string | undefined): Prices {
  if (file === undefined) return defaults;
  const given = readJson(file);
  check(file, given, defaults);
  const { region = defaults.region, quotas } = given;
  const others = region === defaults.region ? defaults.quotas : LEAST_QUOTAS;
  const leftOut = pricesIn(defaults) - pricesIn(given);
  return {
    ...defaults,
    ...given,
    ...(leftOut > 0 && { leftOut }),
    quotas: { ...others, ...(isRecord(quotas) && quotas) },
  };
}

/** Where and of when prices are, and how many of them are not. */
export function originOf({ region, date, leftOut = 0 }: Prices): string {
  const but = leftOut > 0 ? `, but ${leftOut} of ${pricesIn(defaults)} of ${defaults.region}` : '';
  return `${region}, ${date}${but}`;
}

function pricesIn(list: Readonly<Record<string, unknown>>): number {
  return Object.values(list).filter((value) => typeof value === 'number').length;
}

function readJson(file: string): Readonly<Record<string, unknown>> {
  const expected = 'a file with a JSON object as in bench/cost/prices-us-east-1.json was expected.';
  let given: unknown;
  try {
    given = JSON.parse(readFileSync(file, 'utf8'));
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new UsageError(`--region-prices is "${file}" (${reason}); ${expected}`, { cause });
  }
  if (isRecord(given)) return given;
  throw new UsageError(`--region-prices is "${file}", which holds ${JSON.stringify(given)}; ${expected}`);
}

/** That it has only names that the list has too, each with a value of its kind. */
function check(file: string, given: Readonly<Record<string, unknown>>, list: Readonly<Record<string, unknown>>): void {
  for (const [name, value] of Object.entries(given)) {
    const known = Object.hasOwn(list, name) ? list[name] : undefined;
    if (known === undefined)
      throw new UsageError(`${file} has "${name}", which is no price. Prices: ${Object.keys(list).join(', ')}.`);
    const isOfItsKind = typeof value === typeof known && isRecord(value) === isRecord(known);
    const isQuota = list === defaults.quotas;
    const isInRange = typeof value !== 'number' || value > 0 || (value === 0 && !isQuota);
    if (!isOfItsKind || !isInRange) {
      const range = typeof known === 'number' ? (isQuota ? ' above 0' : ' of 0 or more') : '';
      throw new UsageError(`${file} has ${name}: ${JSON.stringify(value)}; a ${typeof known}${range} was expected.`);
    }
    if (isRecord(value) && isRecord(known)) check(file, value, known);
  }
}
