import { GetSecretValueCommand, PutSecretValueCommand } from '@aws-sdk/client-secrets-manager';
import { deadLetterQueueName, resolverName } from '#shared/naming/resource-names.ts';
import { LOCAL_KEY_SECRET } from '../../stripe/local-api-keys.ts';
import { freshNotifications } from '../fresh-notifications.ts';
import { messagesIn } from '../messages-in.ts';
import type { Scenario } from '../scenario.ts';
import { unhandled } from '../unhandled.ts';

/** Stripe refuses the API key with which the resolver fetches objects. */
export const revokedKey: Scenario = {
  name: 'revoked-key',
  summary: 'the resolver parks notifications',
  alarm: 'resolver-parks-notifications',
  domain: 'thin',
  hints: [
    'Why were they put aside? The page has a command that groups them by error.',
    'stripe_key_refused: the key was rolled in Stripe. Type stripe here: it shows the one that is good.',
    'Store it with the page’s put-secret-value, give the resolver a minute to read it, then: dlq redrive thin --yes.',
  ],
  cause: 'The restricted key was rolled in Stripe’s dashboard; the stored one was the old one.',
  async begin(world) {
    const { runtime, stage, clients } = world;
    const SecretId = runtime.outputs.ApiKeySecretName;
    const store = (keys: object) =>
      clients.secrets.send(new PutSecretValueCommand({ SecretId, SecretString: JSON.stringify(keys) }));
    const { SecretString = '{}' } = await clients.secrets.send(new GetSecretValueCommand({ SecretId }));
    const rolled = Object.entries(LOCAL_KEY_SECRET).map(([mode, key]) => [mode, `${key}Rolled`]);
    await store(Object.fromEntries(rolled));
    // The instances that know the good key are gone, as after a night.
    await runtime.killWorkers(resolverName(stage));
    const events = freshNotifications(world, 'v1.product.updated', 3);
    return {
      victims: events,
      // Only when all are put aside: a redrive then brings back each of them.
      measure: () => {
        const parked = messagesIn(runtime, deadLetterQueueName(stage, 'thin'));
        return parked < events.length ? 0 : parked;
      },
      state: async () => unhandled(world, 'thin', events),
      end: async () => {
        await store(JSON.parse(SecretString));
        await runtime.killWorkers(resolverName(stage));
      },
    };
  },
};
