import { freshNotifications } from '../fresh-notifications.ts';
import type { Scenario } from '../scenario.ts';
import { unhandled } from '../unhandled.ts';

/** Real milliseconds for which the other caller goes on once the alarm has been shown. */
const LASTS_MS = 8_000;

/** Somebody else uses up the account's requests: Stripe tells the resolver to wait. */
export const rateLimited: Scenario = {
  name: 'rate-limited',
  summary: 'the resolver is rate-limited',
  alarm: 'resolver-is-rate-limited',
  domain: 'thin',
  hints: [
    'What does the resolver complain of? Type logs here.',
    'stripe_rate_limited: the limit is the account’s, not the resolver’s. Is anything lost? See dlq list.',
    'A backfill of somebody else runs and will end. Wait, watch with status, and redrive what has given up: dlq redrive thin --yes.',
  ],
  cause:
    'A backfill of another team used up the account’s requests. The resolver waited as Stripe told it, and went on.',
  async begin(world) {
    const { stripe } = world.runtime;
    if (stripe === undefined) throw new Error('This scenario needs the stand-in of Stripe.');
    const before = stripe.requests.byStatus[429] ?? 0;
    const fault = stripe.faults.add({ path: '/v1/products', answer: 429, retryAfter: 1, times: 'always' });
    const events = freshNotifications(world, 'v1.product.updated', 3);
    let healing: NodeJS.Timeout | undefined;
    return {
      victims: events,
      measure: () => (stripe.requests.byStatus[429] ?? 0) - before,
      state: async () => unhandled(world, 'thin', events),
      announced: () => {
        healing = setTimeout(() => stripe.faults.remove(fault), LASTS_MS);
      },
      end: () => {
        clearTimeout(healing);
        stripe.faults.remove(fault);
      },
    };
  },
};
