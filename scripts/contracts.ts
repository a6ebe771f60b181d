import { readFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { CONFIG } from '#infra/config.ts';
import { configOf } from '#infra/configuration/config-of.ts';
import { settingsOf } from '#infra/configuration/settings.ts';
import { DEFAULT_STAGE } from '#shared/naming/resource-names.ts';
import { buildContracts } from './contracts/build-contracts.ts';
import { configuredSubscribers } from './contracts/catalogue/configured-subscribers.ts';
import { readSubscribers } from './contracts/catalogue/subscriber.ts';

const root = join(import.meta.dirname, '..');
const { values } = parseArgs({
  options: {
    stage: { type: 'string', default: DEFAULT_STAGE },
    subscriptions: { type: 'string' },
    out: { type: 'string', default: join(root, 'dist/contracts') },
  },
});
const { stage, subscriptions, out } = values;
const settings = settingsOf(stage, configOf(stage, CONFIG));
const { version }: { version: string } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));

const types = buildContracts(resolve(out), {
  version,
  stage,
  stateOf: (domain) => settings.handlers[domain].state,
  areAllKnown: subscriptions !== undefined,
  subscribers:
    subscriptions === undefined
      ? configuredSubscribers(settings)
      : readSubscribers(readFileSync(subscriptions, 'utf8')),
});
console.log(
  `${types} event types, as of stage ${stage}: ${relative(process.cwd(), resolve(out))}/catalogue/index.html`,
);
