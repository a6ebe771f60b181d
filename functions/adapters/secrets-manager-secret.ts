import { GetSecretValueCommand, type SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SecretUnavailable } from '#shared/errors/store-errors.ts';
import type { SecretStore } from '#shared/ports/secret-store.ts';

/** Reads one secret's current version from Secrets Manager. */
export function secretsManagerSecret(client: SecretsManagerClient, secretId: string): SecretStore {
  return {
    async read(signal) {
      const answer = await client
        .send(new GetSecretValueCommand({ SecretId: secretId }), { abortSignal: signal })
        .catch((cause: unknown) => {
          const reason = cause instanceof Error ? cause.name : 'unknown error';
          throw new SecretUnavailable(`Secrets Manager did not give the signing secrets: ${reason}.`, { cause });
        });
      if (answer.SecretString === undefined) throw new SecretUnavailable('The signing secrets have no text value.');
      return answer.SecretString;
    },
  };
}
