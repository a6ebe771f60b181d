import { endWithParent } from './end-with-parent.ts';
import { suitesFor } from './suites.ts';
import { verdictOf } from './verdict-of.ts';

// Asks one suite, for `inOwnProcess`.
const say = endWithParent();
const [name, chosen = ''] = process.argv.slice(2);
const suite = suitesFor(JSON.parse(chosen)).find((each) => each.name === name);
if (suite === undefined) throw new Error(`No suite is called ${name}.`);
say(await verdictOf(suite));
