import type { Inventory } from './inventory.ts';
import { handlerMbOf } from './per-event.ts';
import type { Prices } from './prices.ts';
import type { Workload } from './workload.ts';

/** One line of what is billed only when something has happened. */
export interface PerIncident {
  readonly what: string;
  /** Dollars for one. */
  readonly dollars: number;
}

/** What a day costs on which something fails, by what is done about it. */
export function perIncident(inventory: Inventory, prices: Prices, load: Workload): readonly PerIncident[] {
  const invocation =
    prices.lambdaRequest / load.batch +
    (handlerMbOf(inventory) / 1_024) * (load.handlerMs / 1_000) * prices.lambdaArmGbSecond;
  const received = prices.sqsRequest / load.batch;
  return [
    { what: 'a message of an alarm, without what its recipient costs', dollars: prices.snsPublish + prices.kmsCall },
    {
      what: 'a try that fails: received, hidden, written down',
      dollars: received + prices.sqsRequest + invocation + prices.dynamoDbWriteUnit,
    },
    {
      what: 'a dead letter moved back, and handled',
      dollars: 3 * prices.sqsRequest + 2 * received + invocation,
    },
    {
      what: 'an event replayed from the archive to one domain, and found known',
      dollars: prices.eventBridgeEvent + prices.sqsRequest + 2 * received + invocation + prices.dynamoDbReadUnit,
    },
    { what: 'a metric that only trouble writes, an hour of it', dollars: prices.customMetricMonth / (30 * 24) },
    { what: 'a step of an SSM automation', dollars: prices.ssmAutomationStep },
  ];
}
