import { readFileSync } from 'node:fs';
import defaults from './prices-us-east-1.json' with { type: 'json' };

/** Dollars by what is billed; each name says for what. */
export type Prices = typeof defaults;

/**
 * The dated list of us-east-1, or another Region's.
 * @param file JSON of the same form; what it leaves out stays as in us-east-1
 * @throws {Error} a name that is no price, or a value that is no number
 */
export function readPrices(file: string | undefined): Prices {
  if (file === undefined) return defaults;
  const given: Record<string, unknown> = JSON.parse(readFileSync(file, 'utf8'));
  for (const [name, value] of Object.entries(given)) {
    const known: unknown = Object.entries(defaults).find(([key]) => key === name)?.[1];
    if (known === undefined) {
      throw new Error(`${file} has "${name}", which is no price. Prices: ${Object.keys(defaults).join(', ')}.`);
    }
    if (typeof value !== typeof known) {
      throw new Error(`${file} has ${name}: ${JSON.stringify(value)}; a ${typeof known} was expected.`);
    }
  }
  return { ...defaults, ...given };
}
