import {
  GetSecretValueCommand,
  PutSecretValueCommand,
  type SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';
import { SecretDocument } from '#shared/destinations/secret-document.ts';
import type { StoredSigningSecrets } from '#shared/operations/signing-secrets.ts';

/** Writers that meet each other more often than this are no coincidence. */
const MAX_TRIES = 5;

/**
 * Secrets Manager writes whole values and takes no condition. So each write looks back: the version before it must be
 * the one it was made from; otherwise somebody wrote in between, and the change is made again on what they wrote. It
 * ends when the current value has the change.
 * @param secretId name or ARN
 */
export function secretsManagerSigningSecrets(client: SecretsManagerClient, secretId: string): StoredSigningSecrets {
  const get = async (stage: 'AWSCURRENT' | 'AWSPREVIOUS', signal: AbortSignal) => {
    const command = new GetSecretValueCommand({ SecretId: secretId, VersionStage: stage });
    const { SecretString = '', VersionId } = await client.send(command, { abortSignal: signal });
    return { document: new SecretDocument(SecretString), version: VersionId };
  };
  const put = async ({ text }: SecretDocument, signal: AbortSignal) => {
    await client.send(new PutSecretValueCommand({ SecretId: secretId, SecretString: text }), { abortSignal: signal });
  };
  return {
    read: async (signal) => (await get('AWSCURRENT', signal)).document,
    async change(change, signal) {
      for (let tries = 0; tries < MAX_TRIES; tries += 1) {
        const { document, version } = await get('AWSCURRENT', signal);
        const changed = change(document);
        if (changed.text === document.text) return;
        await put(changed, signal);
        const before = await get('AWSPREVIOUS', signal);
        if (before.version !== version) await put(change(before.document), signal);
      }
      throw new Error('Others keep changing the signing secrets: the change could not be made in five tries.');
    },
  };
}
