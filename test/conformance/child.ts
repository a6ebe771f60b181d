import { suitesFor } from './suites.ts';
import { verdictOf } from './verdict-of.ts';

// Asks one suite, for `inOwnProcess`.
const [name, chosen = ''] = process.argv.slice(2);
const suite = suitesFor(JSON.parse(chosen)).find((each) => each.name === name);
if (suite === undefined) throw new Error(`No suite is called ${name}.`);
process.send?.(await verdictOf(suite), () => process.disconnect());
