import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { errorName } from '#shared/errors/pipeline-error.ts';
import { SecretUnavailable } from '#shared/errors/store-errors.ts';
import type { SecretStore } from '#shared/ports/secret-store.ts';
import { awsClient } from './aws-client.ts';

/**
 * Reads one secret's current version from Secrets Manager.
 * @param secretId name or ARN
 * @param client by default one from Lambda's own environment
 */
export function secretsManagerSecret(
  secretId: string,
  client: SecretsManagerClient = awsClient(SecretsManagerClient),
): SecretStore {
  return {
    async read(signal) {
      const answer = await client
        .send(new GetSecretValueCommand({ SecretId: secretId }), { abortSignal: signal })
        .catch((cause: unknown) => {
          const reason = errorName(cause);
          throw new SecretUnavailable(`Secrets Manager did not give ${nameOf(secretId)}: ${reason}.`, { cause });
        });
      if (answer.SecretString === undefined)
        throw new SecretUnavailable(`The secret ${nameOf(secretId)} has no text value.`);
      return answer.SecretString;
    },
  };
}

/** An ARN names the account too, which is nobody's business who reads an answer. */
function nameOf(secretId: string): string {
  return secretId.split(':').at(-1) ?? secretId;
}
