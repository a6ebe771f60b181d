import { CONFIG } from '#infra/config.ts';
import { settingsOf } from '#infra/configuration/settings.ts';
import { decimalNumber, oneOf, parseOptions, wholeNumber } from '#local/terminal/parse-options.ts';
import { UsageError } from '#local/terminal/usage-error.ts';
import { type Prices, readPrices } from './prices.ts';
import { DEFAULT_WORKLOAD, type Workload } from './workload.ts';

/** What `npm run cost` was asked for. */
export interface CostArguments {
  readonly load: Workload;
  readonly prices: Prices;
  readonly stage: keyof typeof CONFIG;
  /** Whether the workload, the prices or the stage are the user's own, of which no bound is promised. */
  readonly isOwn: boolean;
  /** Writes docs/cost.md and its plot. */
  readonly write: boolean;
  readonly help: boolean;
}

/** The stage that the bounds are about. */
export const SHIPPED_STAGE = 'prod';
const STAGES = Object.keys(CONFIG) as (keyof typeof CONFIG)[];

const MOST_EVENTS = 1_000_000_000_000;
/** Of the 300 rules of a bus, what the stage itself leaves. */
const MOST_SUBSCRIBERS = 200;
/** What the ingress takes at most is 4 MB. */
const MOST_KB = 4_000;
/** The API waits so long, and Lambda. */
const [MOST_INGRESS_MS, MOST_HANDLER_MS] = [29_000, 900_000];
const { emptyHandlerMs: LEAST_HANDLER_MS } = DEFAULT_WORKLOAD;

export const COST_USAGE = `Usage: npm run cost -- [options]
       npm run cost -- --write

Prints what a month costs, line by line, from the synthesized templates and a dated list of prices. Exits with 1 when a
bound is broken, or docs/cost.md says something else. The bounds are those of the default events, prices and stage:
your own bill stands beside them and has none.

  --events-per-month <n>  1 to ${MOST_EVENTS} (default ${DEFAULT_WORKLOAD.eventsPerMonth})
  --domains <n>           domains that have events, 1 to ${domainsOf(SHIPPED_STAGE)} (default ${DEFAULT_WORKLOAD.domains})
  --subscribers <n>       other teams' functions that take every event, 0 to ${MOST_SUBSCRIBERS} (default ${DEFAULT_WORKLOAD.subscribers})
  --batch <n>             messages of an invocation on average, 1 to 10 (default ${DEFAULT_WORKLOAD.batch})
  --event-kb <n>          0.1 to ${MOST_KB} (default ${DEFAULT_WORKLOAD.eventKb})
  --ingress-ms <n>        billed for an event (a large one takes more), 1 to ${MOST_INGRESS_MS} (default ${DEFAULT_WORKLOAD.ingressMs})
  --handler-ms <n>        billed for an event, ${LEAST_HANDLER_MS} (an empty one) to ${MOST_HANDLER_MS} (default ${DEFAULT_WORKLOAD.handlerMs})
  --region-prices <file>  JSON as bench/cost/prices-us-east-1.json; a price that it leaves out stays as it is there, a
                          quota is that of the Regions with the least
  --stage <name>          ${STAGES.join(', ')} (default ${SHIPPED_STAGE})
  --write                 write docs/cost.md and its plot; alone, for they are of the defaults
  --help                  show this`;

/** @throws {UsageError} */
export function costArguments(args: readonly string[]): CostArguments {
  const {
    write = false,
    help = false,
    ...own
  } = parseOptions(args, {
    'events-per-month': { type: 'string' },
    domains: { type: 'string' },
    subscribers: { type: 'string' },
    batch: { type: 'string' },
    'event-kb': { type: 'string' },
    'ingress-ms': { type: 'string' },
    'handler-ms': { type: 'string' },
    'region-prices': { type: 'string' },
    stage: { type: 'string' },
    write: { type: 'boolean' },
    help: { type: 'boolean' },
  });
  const isOwn = Object.values(own).some((value) => value !== undefined);
  if (write && isOwn)
    throw new UsageError('--write writes the page of the default events, prices and stage; nothing else was expected.');
  const number = (option: keyof typeof own, min: number, max: number) =>
    decimalNumber(`--${option}`, own[option], min, max);
  const whole = (option: keyof typeof own, min: number, max: number) =>
    wholeNumber(`--${option}`, own[option], min, max);
  const stage = oneOf('--stage', own.stage, STAGES) ?? SHIPPED_STAGE;
  const load: Workload = {
    ...DEFAULT_WORKLOAD,
    eventsPerMonth: whole('events-per-month', 1, MOST_EVENTS) ?? DEFAULT_WORKLOAD.eventsPerMonth,
    domains: whole('domains', 1, domainsOf(stage)) ?? DEFAULT_WORKLOAD.domains,
    subscribers: whole('subscribers', 0, MOST_SUBSCRIBERS) ?? DEFAULT_WORKLOAD.subscribers,
    batch: number('batch', 1, 10) ?? DEFAULT_WORKLOAD.batch,
    eventKb: number('event-kb', 0.1, MOST_KB) ?? DEFAULT_WORKLOAD.eventKb,
    ingressMs: number('ingress-ms', 1, MOST_INGRESS_MS) ?? DEFAULT_WORKLOAD.ingressMs,
    handlerMs: number('handler-ms', LEAST_HANDLER_MS, MOST_HANDLER_MS) ?? DEFAULT_WORKLOAD.handlerMs,
  };
  return { load, prices: readPrices(own['region-prices']), stage, isOwn, write, help };
}

/** Domains of a stage that are on, that of unrecognized types among them. */
function domainsOf(stage: keyof typeof CONFIG): number {
  return Object.values(settingsOf(stage, CONFIG[stage]).handlers).filter(({ state }) => state === 'on').length;
}
