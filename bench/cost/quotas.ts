import { objectUnits } from './increments.ts';
import type { Inventory } from './inventory.ts';
import type { Prices } from './prices.ts';
import type { Workload } from './workload.ts';

/** How much of a quota a load uses at its peak. */
export interface QuotaUse {
  readonly what: string;
  /** 1: all of it. */
  readonly used: number;
  /** What to raise or change. */
  readonly remedy: string;
}

const SECONDS_A_MONTH = 30 * 24 * 3_600;
/** Stripe's traffic comes in bursts: billing runs on the first of the month, sales on some evenings. Assumed. */
const PEAK_OVER_AVERAGE = 10;

/** What quotas depend on besides the stage and its events. */
export interface QuotaFacts {
  readonly prices: Pick<Prices, 'region' | 'quotas'>;
  /** Invocations at once that the account allows. */
  readonly accountConcurrency: number;
}

/** The quotas that a load can meet, the most used first. Sources: AWS's quota pages as of the date in the prices. */
export function quotaUse(
  { rules, requestsPerSecond, handlerConcurrency, projecting }: Inventory,
  load: Workload,
  { prices, accountConcurrency }: QuotaFacts,
): readonly QuotaUse[] {
  const { region, quotas } = prices;
  const regional = (quota: number) => `${quota.toLocaleString('en')}/s in ${region}`;
  const elsewhere = region === 'us-east-1' ? 'elsewhere' : 'outside us-east-1';
  const perSecond = (load.eventsPerMonth / SECONDS_A_MONTH) * PEAK_OVER_AVERAGE;
  const { byWebhook, authorizations, duplicates, thinShare, subscribers, foreignBuses } = load;
  const overApi = perSecond * (byWebhook * (1 - authorizations) * (1 + duplicates) + authorizations);
  const published = perSecond * (1 + thinShare);
  // Claim and complete, of the event and of one reaction; or the row of its object.
  const written = perSecond * Math.max(4, projecting * objectUnits(load.eventKb).written);
  const inFlight = perSecond * ((load.ingressMs + load.handlerMs * (1 + subscribers)) / 1_000);
  const uses: readonly QuotaUse[] = [
    {
      what: `throttle of the API stage, ${requestsPerSecond} requests/s`,
      used: overApi / requestsPerSecond,
      remedy: 'raise `throttle` in infra/config.ts',
    },
    {
      what: `requests to all APIs of the account, ${regional(quotas.apiRequestsPerSecond)} (2,500 in some Regions)`,
      used: overApi / quotas.apiRequestsPerSecond,
      remedy: 'Service Quotas, API Gateway, L-8A5B8E43; until then Stripe tries again',
    },
    {
      what: `concurrency of one handler, ${handlerConcurrency} (a domain that sees half of all events)`,
      used: ((perSecond / 2) * (load.handlerMs / 1_000)) / handlerConcurrency,
      remedy: 'raise `maxConcurrency` of the domain; until then its queue smooths the peak',
    },
    {
      what: `Lambda concurrency of the account, ${accountConcurrency.toLocaleString('en')}`,
      used: inFlight / accountConcurrency,
      remedy: 'Service Quotas, Lambda, L-B99A9384',
    },
    {
      what: `PutEvents, ${regional(quotas.putEventsPerSecond)} (600 to 2,400 ${elsewhere})`,
      used: published / quotas.putEventsPerSecond,
      remedy: 'Service Quotas, EventBridge; until then Stripe tries again',
    },
    {
      what: `EventBridge target invocations, ${regional(quotas.targetInvocationsPerSecond)} (750 to 4,500 ${elsewhere})`,
      used: (published + perSecond * (subscribers + foreignBuses)) / quotas.targetInvocationsPerSecond,
      remedy: 'Service Quotas, EventBridge; beyond it deliveries are late, not lost',
    },
    {
      what: 'DynamoDB on-demand writes, 40,000 units/s a table',
      used: written / 40_000,
      remedy: 'Service Quotas, DynamoDB; pre-warm ledger and objects before a big day',
    },
    { what: 'rules of the bus, 300', used: (rules + subscribers) / 300, remedy: 'Service Quotas, EventBridge' },
  ];
  return uses.toSorted((a, b) => b.used - a.used);
}
