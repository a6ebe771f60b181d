import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CONFIG } from '#infra/config.ts';
import { settingsOf } from '#infra/configuration/settings.ts';
import { runTrial, type Verdict } from '#local/terminal/run-trial.ts';
import { brokenBounds, costSummary, totals } from './bounds.ts';
import { pricing } from './compare-settings.ts';
import { COST_USAGE, type CostArguments, costArguments, SHIPPED_STAGE } from './cost-arguments.ts';
import { costPage } from './cost-page.ts';
import { costPlot } from './cost-plot.ts';
import { costReport } from './cost-report.ts';
import { readPrices } from './prices.ts';
import { synthesizer } from './synthesize-templates.ts';
import { DEFAULT_WORKLOAD } from './workload.ts';

const docs = join(import.meta.dirname, '../../docs');
const [page, plot] = [join(docs, 'cost.md'), join(docs, 'cost.svg')];

process.exitCode = await runTrial({ usage: COST_USAGE, read: costArguments, run: cost }, process.argv.slice(2));

async function cost({ load, prices, stage, isOwn, write }: CostArguments): Promise<Verdict> {
  const folder = mkdtempSync(join(tmpdir(), 'cost-'));
  try {
    const config = CONFIG[stage];
    const { accountConcurrency } = settingsOf(stage, config);
    const priceStage = pricing(synthesizer(stage, folder), prices, stage);
    const report = await costReport({ stage, config, accountConcurrency, priceStage, prices, load, isBound: !isOwn });
    const shipped = await shippedBill(folder);
    const said = { [page]: costPage(report.text), [plot]: costPlot(report.points) };
    if (write) for (const [file, text] of Object.entries(said)) writeFileSync(file, text);
    const isStale = !isOwn && Object.entries(said).some(([file, text]) => readFileSync(file, 'utf8') !== text);
    const broken = brokenBounds(shipped);
    const text = [
      report.text,
      ...(isOwn ? [`With the default events, prices and stage: ${totals(shipped, true)}`] : []),
      costSummary({ broken, isStale, isOwn }),
    ];
    return { kept: broken.length === 0 && !isStale, text: text.join('\n') };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** What the bounds are about, whatever the bill was asked for. */
async function shippedBill(folder: string) {
  const priceStage = pricing(synthesizer(SHIPPED_STAGE, folder), readPrices(undefined), SHIPPED_STAGE);
  return (await priceStage(CONFIG[SHIPPED_STAGE])).billFor(DEFAULT_WORKLOAD);
}
