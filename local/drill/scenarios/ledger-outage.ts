import { freshEvents } from '../fresh-events.ts';
import type { Scenario } from '../scenario.ts';
import { unhandled } from '../unhandled.ts';

/** Real milliseconds for which the outage goes on once the alarm has been shown. */
const LASTS_MS = 8_000;
/** As in the alarm: a few failures are no rate. */
const FEW = 5;

/** AWS has an incident: there is nothing to mend, and something to understand. */
export const ledgerOutage: Scenario = {
  name: 'ledger-outage',
  summary: 'the ingress answers 5xx',
  alarm: 'ingress-answers-5xx',
  domain: 'core',
  hints: [
    'Which code do the answers have? Type logs here, or stripe.',
    'ledger_unavailable: DynamoDB fails. Is it us? doctor finds nothing.',
    'Nothing of ours is broken. Stripe sends all of it again: wait, and watch with status.',
  ],
  cause:
    'DynamoDB had an incident. Nothing had to be done: the ingress took nothing that it could not keep, and Stripe sent it again.',
  async begin(world) {
    const { runtime, stripe } = world;
    const fault = runtime.faults.add({
      service: 'dynamodb',
      operation: 'UpdateItem',
      times: 'always',
      error: 'InternalServerError',
    });
    const events = freshEvents('charge.succeeded', 5).map((event) => {
      stripe.send(event);
      return event.id;
    });
    const mend = () => void runtime.faults.remove(fault);
    let healing: NodeJS.Timeout | undefined;
    return {
      victims: events,
      measure: () => {
        const failed = stripe.answers.get('ledger_unavailable') ?? 0;
        const all = [...stripe.answers.values()].reduce((sum, count) => sum + count, 0);
        return failed < FEW ? 0 : (100 * failed) / all;
      },
      state: async () => unhandled(world, 'core', events),
      announced: () => {
        healing = setTimeout(mend, LASTS_MS);
      },
      end: () => {
        clearTimeout(healing);
        mend();
      },
    };
  },
};
