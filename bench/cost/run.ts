import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { CONFIG } from '#infra/config.ts';
import { configOf } from '#infra/configuration/config-of.ts';
import { compareSettings, type Difference, pricing } from './compare-settings.ts';
import { compact, costPlot } from './cost-plot.ts';
import { eventCosts, OPTION_COSTS, type Trial } from './option-costs.ts';
import { perIncident } from './per-incident.ts';
import { readPrices } from './prices.ts';
import { quotaUse } from './quotas.ts';
import { synthesizer } from './synthesize-templates.ts';
import { DEFAULT_WORKLOAD, type Workload } from './workload.ts';

/** Dollars: per million events for what grows with them, per month for what does not (design, section 6). */
const BOUNDS = { transport: 4.3, allIn: 8.5, idle: 20 };
/** Share of a quota from which it is named. */
const NEARLY_USED = 0.7;
const SCALES = [1e4, 1e5, 1e6, 1e7, 1e8, 1e9];
const root = join(import.meta.dirname, '../..');

const { values } = parseArgs({
  options: {
    'events-per-month': { type: 'string' },
    domains: { type: 'string' },
    subscribers: { type: 'string' },
    batch: { type: 'string' },
    'event-kb': { type: 'string' },
    'ingress-ms': { type: 'string' },
    'handler-ms': { type: 'string' },
    'region-prices': { type: 'string' },
    stage: { type: 'string', default: 'prod' },
    /** Writes docs/cost.md and its plot. */
    write: { type: 'boolean', default: false },
  },
});
const load: Workload = {
  ...DEFAULT_WORKLOAD,
  ...given('eventsPerMonth', values['events-per-month']),
  ...given('domains', values.domains),
  ...given('subscribers', values.subscribers),
  ...given('batch', values.batch),
  ...given('eventKb', values['event-kb']),
  ...given('ingressMs', values['ingress-ms']),
  ...given('handlerMs', values['handler-ms']),
};
const prices = readPrices(values['region-prices']);
const config = configOf(values.stage, CONFIG);
const folder = mkdtempSync(join(tmpdir(), 'cost-'));
process.once('exit', () => rmSync(folder, { recursive: true }));
const priceStage = pricing(synthesizer(values.stage, folder), prices);
const { inventory, billFor } = await priceStage(config);
const bill = billFor(load);

const lines: string[] = [];
const print = (line: string) => {
  console.log(line);
  lines.push(line);
};

print(
  `Prices: ${prices.region}, ${prices.date}. Stage ${values.stage}, ${compact(load.eventsPerMonth)} events a month of ${load.eventKb} KB in ${load.domains} domains, batches of ${load.batch}.`,
);
print('');
print(
  table(
    ['Per event', '', '$ per million', '$ a month'],
    bill.events.map(({ what, part, dollars }) => [what, part, dollars * 1e6, dollars * load.eventsPerMonth]),
  ),
);
print(
  table(
    ['Per month', '', '$ a month'],
    bill.months.map(({ what, when, dollars }) => [what, when, dollars]),
  ),
);
print(
  `Transport $${bill.transport.toFixed(2)} per million (bound ${BOUNDS.transport}), all in $${bill.allIn.toFixed(2)} (bound ${BOUNDS.allIn}), kept for a month $${bill.kept.toFixed(2)} more; idle $${bill.idle.toFixed(2)} a month (bound ${BOUNDS.idle}).`,
);
print(`This month: $${bill.month.toFixed(2)}.`);
print('');
print(
  table(
    ['When something happens', '$ per thousand'],
    perIncident(inventory, prices, load).map(({ what, dollars }) => [what, dollars * 1e3]),
  ),
);
print(
  differences('What other events change', await Promise.all(eventCosts(values.stage).map((trial) => compared(trial)))),
);
const options = Object.entries(OPTION_COSTS);
const tried = options.flatMap(([option, cost]) =>
  typeof cost === 'string' ? [] : cost.map((trial) => compared(trial, `\`${option}\`: `)),
);
print(differences('What an option of infra/config.ts changes', await Promise.all(tried)));
print(
  table(
    ['Options without a line', 'What they change'],
    [
      ...Map.groupBy(
        options.filter(([, cost]) => typeof cost === 'string'),
        ([, cost]) => String(cost),
      ),
    ].map(([why, those]) => [those.map(([option]) => `\`${option}\``).join(', '), why]),
  ),
);
const points = SCALES.map((eventsPerMonth) => ({
  eventsPerMonth,
  dollars: billFor({ ...load, eventsPerMonth }).month,
}));
print(
  table(
    ['Events a month', '$ a month'],
    points.map(({ eventsPerMonth, dollars }) => [compact(eventsPerMonth), dollars]),
  ),
);
print(
  table(
    ['Events a month', 'Quotas that bind first, at a peak of 10 × the average', 'Used', 'What to raise or change'],
    SCALES.flatMap((eventsPerMonth) => {
      const uses = quotaUse(inventory, { ...load, eventsPerMonth });
      return uses
        .filter(({ used }, i) => i === 0 || used >= NEARLY_USED)
        .map(({ what, used, remedy }) => [compact(eventsPerMonth), what, `${Math.round(used * 100)} %`, remedy]);
    }),
  ),
);

const document = join(root, 'docs/cost.md');
if (values.write) {
  writeFileSync(document, page(lines));
  writeFileSync(join(root, 'docs/cost.svg'), costPlot(points));
} else if (process.argv.length === 2 && readFileSync(document, 'utf8') !== page(lines)) {
  console.log('docs/cost.md says something else: npm run cost -- --write makes it say this.');
}
const broken = (['transport', 'allIn', 'idle'] as const).filter((bound) => bill[bound] > BOUNDS[bound]);
console.log(`Cost: ${broken.length === 0 ? 'every bound holds' : `${broken.join(', ')} beyond the bound`}.`);
if (broken.length > 0) process.exitCode = 1;

async function compared({ what, ...trial }: Trial, option = '') {
  return compareSettings({ ...trial, what: `${option}${what}` }, priceStage, config, load);
}

/** A table of differences, and below it what no price is known for. */
function differences(title: string, all: readonly Difference[]): string {
  const rows = table(
    [title, '$ per million', 'kept, $ per million', '$ a month idle', '$ a month active'],
    all.map(({ what, perMillion, keptPerMillion, idle, active, unpriced }) => [
      ...[unpriced.length > 0 ? `${what} (not all priced)` : what, perMillion, keptPerMillion, idle, active],
    ]),
  );
  const unpriced = [...new Set(all.flatMap((difference) => difference.unpriced))];
  return [rows, ...unpriced.map((reason) => `Not priced: ${reason}.\n`)].join('\n');
}

function given(name: keyof Workload, text: string | undefined): Partial<Workload> {
  if (text === undefined) return {};
  const value = Number(text);
  if (text.trim() === '' || !Number.isFinite(value) || value < 0) {
    console.error(`${name} is "${text}"; a number of 0 or more was expected.`);
    process.exit(2);
  }
  return { [name]: value };
}

/** A table that reads the same in a terminal and as Markdown. */
function table(head: readonly string[], rows: readonly (readonly (string | number)[])[]): string {
  const cells = rows.map((row) =>
    row.map((cell) => (typeof cell === 'number' ? cell.toFixed(cell < 100 ? 3 : 0) : cell)),
  );
  const widths = head.map((name, i) => Math.max(3, name.length, ...cells.map((row) => row[i]?.length ?? 0)));
  const line = (row: readonly string[]) => `| ${row.map((cell, i) => cell.padEnd(widths[i] ?? 0)).join(' | ')} |`;
  return [line(head), line(widths.map((width) => '-'.repeat(width))), ...cells.map(line), ''].join('\n');
}

function page(lines: readonly string[]): string {
  return `# Cost

Written by \`npm run cost -- --write\`; not by hand. From the synthesized templates, of the stage as it is and with each option by itself, a dated list of prices ([\`prices-us-east-1.json\`](../bench/cost/prices-us-east-1.json), \`--region-prices\` takes another) and the averages in [\`workload.ts\`](../bench/cost/workload.ts), of which each says whether it was measured or assumed. There is no option of a customer-managed key: data is encrypted with AWS's keys, and the key on the bill is that of the alarms' topics. Not in it: data transfer to other accounts or Regions, taxes, and what Stripe charges.

${lines.join('\n')}

![Dollars a month over events a month](cost.svg)
`;
}
