import { GetSecretValueCommand, PutSecretValueCommand } from '@aws-sdk/client-secrets-manager';
import { freshEvents } from '../fresh-events.ts';
import type { Scenario } from '../scenario.ts';
import { unhandled } from '../unhandled.ts';

/** The stored signing secret is no longer the endpoint's. */
export const badSecret: Scenario = {
  name: 'bad-secret',
  summary: 'Stripe is refused',
  alarm: 'destination-account-refuses-signatures',
  domain: 'core',
  hints: [
    'Is it Stripe that is refused, or a forger? Type stripe here: it is what the dashboard shows.',
    'The secret was rolled in Stripe, and the new one was never stored.',
    'Store the secret that "stripe" shows with the page’s put-secret-value; the ingress takes it within a minute.',
  ],
  cause: 'The endpoint’s signing secret was rolled in Stripe; the stored one was still the old one.',
  async begin(world) {
    const { runtime, stripe, clients } = world;
    const SecretId = runtime.outputs.SigningSecretName;
    const { SecretString } = await clients.secrets.send(new GetSecretValueCommand({ SecretId }));
    stripe.signingSecret = `${stripe.signingSecret}_rolled`;
    const events = freshEvents('charge.succeeded', 5).map((event) => {
      stripe.send(event);
      return event.id;
    });
    return {
      victims: events,
      measure: () => stripe.answers.get('signature_mismatch') ?? 0,
      state: async () => unhandled(world, 'core', events),
      end: async () => {
        await clients.secrets.send(new PutSecretValueCommand({ SecretId, SecretString }));
      },
    };
  },
};
