import type { Inventory } from './inventory.ts';
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

/** The quotas that a load can meet, the most used first. Sources: AWS's quota pages as of 2026. */
export function quotaUse(
  { rules, requestsPerSecond, handlerConcurrency }: Inventory,
  load: Workload,
): readonly QuotaUse[] {
  const perSecond = (load.eventsPerMonth / SECONDS_A_MONTH) * PEAK_OVER_AVERAGE;
  const inFlight = perSecond * ((load.ingressMs + load.handlerMs * (1 + load.subscribers)) / 1_000);
  const uses: readonly QuotaUse[] = [
    {
      what: `throttle of the API stage, ${requestsPerSecond} requests/s`,
      used: perSecond / requestsPerSecond,
      remedy: 'raise `throttle` in infra/config.ts',
    },
    {
      what: `concurrency of one handler, ${handlerConcurrency} (a domain that sees half of all events)`,
      used: ((perSecond / 2) * (load.handlerMs / 1_000)) / handlerConcurrency,
      remedy: 'raise `maxConcurrency` of the domain; until then its queue smooths the peak',
    },
    {
      what: 'Lambda concurrency of the account, 1,000',
      used: inFlight / 1_000,
      remedy: 'Service Quotas, Lambda, L-B99A9384',
    },
    {
      what: 'PutEvents, 10,000/s in us-east-1 (600 to 2,400 elsewhere)',
      used: perSecond / 10_000,
      remedy: 'Service Quotas, EventBridge; until then Stripe tries again',
    },
    {
      what: 'EventBridge target invocations, 18,750/s in us-east-1 (750 to 4,500 elsewhere)',
      used: (perSecond * (1 + load.subscribers)) / 18_750,
      remedy: 'Service Quotas, EventBridge; beyond it deliveries are late, not lost',
    },
    {
      what: 'DynamoDB on-demand writes, 40,000 units/s a table',
      used: (perSecond * 4) / 40_000,
      remedy: 'Service Quotas, DynamoDB; pre-warm the ledger before a big day',
    },
    { what: 'rules of the bus, 300', used: (rules + load.subscribers) / 300, remedy: 'Service Quotas, EventBridge' },
  ];
  return uses.toSorted((a, b) => b.used - a.used);
}
