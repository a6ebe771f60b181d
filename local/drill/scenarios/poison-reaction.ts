import { deadLetterQueueName } from '#shared/naming/resource-names.ts';
import { freshEvents } from '../fresh-events.ts';
import type { Scenario } from '../scenario.ts';
import { unhandled } from '../unhandled.ts';

/** A reaction that fails for some events and not for others, until its code is mended. */
export const poisonReaction: Scenario = {
  name: 'poison-reaction',
  summary: 'billing has dead letters',
  alarm: 'billing-has-dead-letters',
  domain: 'billing',
  hints: [
    'Why are they there? The page has a command that groups them by error.',
    'One reaction fails for one type of event. No redrive helps before the cause is mended: type deploy here.',
    'Then redrive: dlq redrive billing --yes.',
  ],
  cause: 'A reaction of billing could not write its dunning entry. The version that could was typed in with "deploy".',
  async begin(world) {
    const { runtime, stripe, stage } = world;
    const fault = runtime.faults.add({
      service: 'dynamodb',
      operation: 'PutItem',
      match: 'dunning:',
      times: 'always',
      error: 'AccessDeniedException',
    });
    const failing = freshEvents('invoice.payment_failed', 3);
    const events = [...failing, ...freshEvents('invoice.paid', 2)];
    for (const event of events) stripe.send(event);
    const mend = () => void runtime.faults.remove(fault);
    return {
      victims: failing.map(({ id }) => id),
      measure: () => runtime.queueDepths()[deadLetterQueueName(stage, 'billing')]?.visible ?? 0,
      state: async () =>
        unhandled(
          world,
          'billing',
          events.map(({ id }) => id),
        ),
      deploy: mend,
      end: mend,
    };
  },
};
