import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { afterEach, describe, expect, it } from 'vitest';
import { secretsManagerSecret } from '#functions/adapters/secrets-manager-secret.ts';
import { SecretUnavailable } from '#shared/errors/store-errors.ts';
import { clientOf, type ScriptedAnswer, type ScriptedServer, scriptedServer } from './scripted-server.ts';

let server: ScriptedServer;
afterEach(() => server.close());

async function read(answer: ScriptedAnswer): Promise<string> {
  server = await scriptedServer([answer]);
  const client = new SecretsManagerClient({ ...clientOf(server.endpoint), maxAttempts: 1 });
  return secretsManagerSecret('arn:secret', client)
    .read(AbortSignal.timeout(answer === 'hang' ? 500 : 10_000))
    .finally(() => client.destroy());
}

describe('reading a secret', () => {
  it('gives its current text', async () => {
    expect(await read({ status: 200, body: { SecretString: '{"account":["whsec_a"]}' } })).toBe(
      '{"account":["whsec_a"]}',
    );
    expect(server.requests).toEqual([{ SecretId: 'arn:secret' }]);
  });

  it.each<ScriptedAnswer>([
    { status: 400, body: { __type: 'AccessDeniedException', message: 'no' } },
    { status: 400, body: { __type: 'ResourceNotFoundException', message: 'no' } },
    { status: 200, body: { SecretBinary: 'AA==' } },
    'hang',
  ])('says secret_unavailable when the answer is %j', async (answer) => {
    await expect(read(answer)).rejects.toThrow(SecretUnavailable);
  });
});
