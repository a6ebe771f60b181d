import { queueName } from '#shared/naming/resource-names.ts';
import { freshEvents } from '../fresh-events.ts';
import type { Scenario } from '../scenario.ts';
import { unhandled } from '../unhandled.ts';

/** A queue whose policy no longer lets the bus in; the DLQ's does. */
export const closedQueue: Scenario = {
  name: 'closed-queue',
  summary: 'rules send to a DLQ',
  alarm: 'rules-send-to-dlq',
  domain: 'products',
  hints: [
    'Which domain? dlq list. And why? Those messages were never in the queue: dlq show products --scan.',
    'NO_PERMISSIONS: the policy of the queue was changed by hand. Type deploy here, it stands for the page’s command.',
    'Then redrive: dlq redrive products --yes.',
  ],
  cause: 'Somebody had changed the policy of the queue of products by hand, so that EventBridge might not send to it.',
  async begin(world) {
    const { runtime, stripe, stage } = world;
    let sent = 0;
    const count = ({ dlq }: { readonly dlq: string | undefined }) => {
      if (dlq !== undefined) sent += 1;
    };
    runtime.observations.on('undelivered', count);
    const fault = runtime.faults.add({
      service: 'sqs',
      operation: 'SendMessage',
      // The end of the queue's ARN, which the DLQ's does not have.
      match: `:${queueName(stage, 'products')}\n`,
      times: 'always',
      error: 'AccessDenied',
    });
    const events = freshEvents('product.created', 3).map((event) => {
      stripe.send(event);
      return event.id;
    });
    const mend = () => void runtime.faults.remove(fault);
    return {
      victims: events,
      measure: () => sent,
      state: async () => unhandled(world, 'products', events),
      deploy: mend,
      end: () => {
        mend();
        runtime.observations.off('undelivered', count);
      },
    };
  },
};
