import { checkDelivery } from '#functions/delivery-check/check-delivery.ts';
import { readSettings } from '#functions/delivery-check/read-settings.ts';
import type { DeliveryCheckEnvironment } from '#shared/environment/delivery-check-environment.ts';

/** Metrics that one run of the delivery check reads. */
export interface MetricsRead {
  /** In a stage where nothing happens. */
  readonly idle: number;
  /** More for each domain that had an event in the last day. */
  readonly perDomain: number;
}

/** Runs the check as the template configures it, on a CloudWatch that only counts what it is asked. */
export async function metricsRead(variables: DeliveryCheckEnvironment): Promise<MetricsRead> {
  const domains: readonly string[] = JSON.parse(variables.HANDLED_DOMAINS);
  const idle = await countReads(variables, 0);
  // With an event for each rule every domain is looked at, and the notifications of the resolver as one more.
  const busy = await countReads(variables, 1);
  return { idle, perDomain: (busy - idle) / (domains.length + 1) };
}

async function countReads(variables: DeliveryCheckEnvironment, value: number): Promise<number> {
  let reads = 0;
  await checkDelivery(
    {
      ...readSettings(variables),
      metrics: {
        read: async (queries) => {
          reads += queries.length;
          return queries.map(() => value);
        },
      },
      replays: { since: async () => [] },
      telemetry: { count: () => {}, countNow: () => {}, duration: () => {}, log: () => {} },
      clock: { now: Date.now },
    },
    AbortSignal.timeout(10_000),
  );
  return reads;
}
