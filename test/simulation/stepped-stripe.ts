import { StripeNotFound, StripeRateLimited, StripeUnavailable } from '#shared/errors/stripe-errors.ts';
import type { StripeApi } from '#shared/ports/stripe-api.ts';
import type { Actor } from './actor.ts';
import { ASK } from './outcomes.ts';

/** @returns JSON text that Stripe answers a path with; `undefined` for 404. Runs when Stripe gets the request. */
export type Answering = (path: string) => string | undefined;

/** Stripe's API: each request a step that can be refused for now, hang, or find nothing. */
export function steppedStripe(actor: Actor, answer: Answering): StripeApi {
  return {
    request: ({ path }) => {
      const absent = () => new StripeNotFound(`The simulated Stripe does not find ${path}.`);
      const [place = ''] = path.split('?');
      return actor.call({
        name: `stripe(${place.split('/').at(-1)})`,
        outcomes: ASK,
        refused: () => new StripeRateLimited('The simulated Stripe was asked too often.'),
        unknown: () => new StripeUnavailable('The simulated Stripe did not answer.'),
        absent,
        send: () => () => {
          const text = answer(path);
          if (text === undefined) throw absent();
          return { status: 200, text, value: JSON.parse(text), apiVersion: '2026-10-28.endive' };
        },
      });
    },
  };
}
