import { queueName } from '#shared/naming/resource-names.ts';
import { freshEvents } from '../fresh-events.ts';
import type { Scenario } from '../scenario.ts';
import { unhandled } from '../unhandled.ts';

/** Neither queue nor DLQ takes an event: it is in the archive only. */
export const lostEvents: Scenario = {
  name: 'lost-events',
  summary: 'rules lose events',
  alarm: 'rules-lose-events',
  domain: 'products',
  hints: [
    'Neither the queue nor the DLQ took them. Restore the policies first: type deploy here.',
    'The archive has them. Which domain? where, with the id of one of the events: type status here.',
    'replay --from 10m --domain products --yes',
  ],
  cause: 'Somebody had deleted the policies of the queue and the DLQ of products. The archive had what was lost.',
  async begin(world) {
    const { runtime, stripe, stage } = world;
    let lost = 0;
    const count = ({ dlq }: { readonly dlq: string | undefined }) => {
      if (dlq === undefined) lost += 1;
    };
    runtime.observations.on('undelivered', count);
    const fault = runtime.faults.add({
      service: 'sqs',
      operation: 'SendMessage',
      // Queue and DLQ: both ARNs begin so.
      match: `:${queueName(stage, 'products')}`,
      times: 'always',
      error: 'AccessDenied',
    });
    const events = freshEvents('product.updated', 3).map((event) => {
      stripe.send(event);
      return event.id;
    });
    const mend = () => void runtime.faults.remove(fault);
    return {
      victims: events,
      // Only when all are lost: a replay up to now then brings back each of them.
      measure: () => (lost < events.length ? 0 : lost),
      state: async () => unhandled(world, 'products', events),
      deploy: mend,
      end: () => {
        mend();
        runtime.observations.off('undelivered', count);
      },
    };
  },
};
