import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { synthesize } from '#local/synthesize.ts';
import { compact, costPlot } from './cost-plot.ts';
import { type Inventory, readInventory } from './inventory.ts';
import { perEvent, perMonth } from './lines.ts';
import { metricsRead } from './metrics-read.ts';
import { type Prices, readPrices } from './prices.ts';
import { quotaUse } from './quotas.ts';
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
const inventory = await inventoryOf(values.stage);
if (inventory.deliveryCheck === undefined) throw new Error('The templates have no delivery check.');
const reads = await metricsRead(inventory.deliveryCheck);

const lines: string[] = [];
const print = (line: string) => {
  console.log(line);
  lines.push(line);
};
const total = (inventory: Inventory, prices: Prices, load: Workload) => {
  const events = perEvent(inventory, prices, load);
  const months = perMonth(inventory, reads, prices, load);
  const sum = (all: readonly { readonly dollars: number }[]) =>
    all.reduce((dollars, line) => dollars + line.dollars, 0);
  return {
    events,
    months,
    transport: sum(events.filter(({ part }) => part === 'transport')) * 1e6,
    allIn: sum(events.filter(({ part }) => part !== 'kept')) * 1e6,
    kept: sum(events.filter(({ part }) => part === 'kept')) * 1e6,
    idle: sum(months.filter(({ when }) => when === 'idle')),
    month: sum(events) * load.eventsPerMonth + sum(months),
  };
};
const bill = total(inventory, prices, load);

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
    ['What an option changes', '$ per million', '$ a month idle'],
    options().map(({ what, changed }) => [what, changed.allIn - bill.allIn, changed.idle - bill.idle]),
  ),
);
const points = SCALES.map((eventsPerMonth) => ({
  eventsPerMonth,
  dollars: total(inventory, prices, { ...load, eventsPerMonth }).month,
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

if (values.write) {
  writeFileSync(join(root, 'docs/cost.md'), page(lines));
  writeFileSync(join(root, 'docs/cost.svg'), costPlot(points));
}
const broken = (['transport', 'allIn', 'idle'] as const).filter((bound) => bill[bound] > BOUNDS[bound]);
console.log(`Cost: ${broken.length === 0 ? 'every bound holds' : `${broken.join(', ')} beyond the bound`}.`);
if (broken.length > 0) process.exitCode = 1;

function options() {
  const change = (what: string, changed: Partial<Workload>) => ({
    what,
    changed: total(inventory, prices, { ...load, ...changed }),
  });
  return [
    change('batches of 1 (a trickle of events)', { batch: 1 }),
    change('projection off', { objectWriteUnits: 0 }),
    change('events of 20 KB, objects of 20 write units', { eventKb: 20, objectWriteUnits: 20 }),
    change('thin events in the place of snapshots', { thinShare: 1 }),
    change('one more subscriber that takes every event', { subscribers: load.subscribers + 1 }),
    { what: 'tracing on', changed: total({ ...inventory, startsTraces: true }, prices, load) },
  ];
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

async function inventoryOf(stage: string): Promise<Inventory> {
  const assembly = mkdtempSync(join(tmpdir(), 'cost-'));
  try {
    await synthesize({ output: assembly, stage });
    return readInventory(assembly);
  } finally {
    rmSync(assembly, { recursive: true });
  }
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

Written by \`npm run cost -- --write\`; not by hand. From the synthesized templates, a dated list of prices ([\`prices-us-east-1.json\`](../bench/cost/prices-us-east-1.json), \`--region-prices\` takes another) and the averages in [\`workload.ts\`](../bench/cost/workload.ts), of which each says whether it was measured or assumed. Not in it: data transfer to other accounts or Regions, taxes, and what Stripe charges.

${lines.join('\n')}

![Dollars a month over events a month](cost.svg)
`;
}
