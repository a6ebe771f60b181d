import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { describe, expect, it, onTestFinished } from 'vitest';
import { secretsManagerSigningSecrets } from '#functions/adapters/operator/secrets-manager-signing-secrets.ts';
import { clientOf, scriptedServer } from './scripted-server.ts';

const never = new AbortController().signal;
const OURS = { id: 'ed_1', destination: 'account', mode: 'test' } as const;

/** A value of the secret, as one read of it answers. */
function version(VersionId: string, value: object) {
  return { status: 200, body: { VersionId, SecretString: JSON.stringify(value) } };
}

const WRITTEN = { status: 200, body: {} };

async function storeBehind(script: Parameters<typeof scriptedServer>[0]) {
  const server = await scriptedServer(script);
  const client = new SecretsManagerClient(clientOf(server.endpoint));
  onTestFinished(async () => {
    client.destroy();
    await server.close();
  });
  const written = () =>
    server.requests.flatMap((request) =>
      typeof request === 'object' && request !== null && 'SecretString' in request
        ? [JSON.parse(String(request.SecretString))]
        : [],
    );
  return { store: secretsManagerSigningSecrets(client, 'signing'), written };
}

describe('changing the signing secrets', () => {
  it('writes once, and sees that the change is there', async () => {
    const after = { account: ['whsec_old', 'whsec_new'] };
    const { store, written } = await storeBehind([
      version('v1', { account: ['whsec_old'] }),
      WRITTEN,
      version('v1', { account: ['whsec_old'] }),
      version('v2', after),
    ]);

    await store.change((document) => document.with(OURS, 'whsec_new'), never);

    expect(written()).toEqual([after]);
  });

  it('writes nothing when nothing changes', async () => {
    const { store, written } = await storeBehind([version('v1', { account: ['whsec_old'] })]);

    await store.change((document) => document.withoutFingerprints('account', ['none']), never);

    expect(written()).toEqual([]);
  });

  it('keeps what somebody else wrote between its read and its write', async () => {
    const both = { account: ['whsec_old', 'whsec_theirs', 'whsec_new'] };
    const { store, written } = await storeBehind([
      version('v1', { account: ['whsec_old'] }),
      WRITTEN,
      // Not v1: theirs came in between, and ours has overwritten it.
      version('v2', { account: ['whsec_old', 'whsec_theirs'] }),
      WRITTEN,
      version('v4', both),
    ]);

    await store.change((document) => document.with(OURS, 'whsec_new'), never);

    expect(written().at(-1)).toEqual(both);
  });

  it('gives up when others do not stop, and quotes no secret', async () => {
    const { store } = await storeBehind([
      version('v1', {}),
      WRITTEN,
      version('v1', {}),
      version('v3', {}),
      WRITTEN,
      version('v9', {}),
    ]);

    const changing = store.change((document) => document.with(OURS, 'whsec_new'), never);

    await expect(changing).rejects.toThrow('five tries');
    await expect(changing).rejects.not.toThrow('whsec_new');
  });
});
