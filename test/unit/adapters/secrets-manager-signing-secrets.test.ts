import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { describe, expect, it, onTestFinished } from 'vitest';
import { secretsManagerSigningSecrets } from '#functions/adapters/operator/secrets-manager-signing-secrets.ts';
import type { SecretDocument } from '#shared/destinations/secret-document.ts';
import { secretFingerprint } from '#shared/signature/secret-fingerprint.ts';
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

const GONE = secretFingerprint('whsec_gone');
const takeAway = (document: SecretDocument) => document.withoutFingerprints('account', [GONE]);

describe('changing the signing secrets', () => {
  it('writes once, and sees that the change is there', async () => {
    const before = version('v1', { account: ['whsec_old', 'whsec_gone'] });
    const { store, written } = await storeBehind([before, WRITTEN, before, version('v2', { account: ['whsec_old'] })]);

    await store.change(takeAway, never);

    expect(written()).toEqual([{ account: ['whsec_old'] }]);
  });

  it('writes nothing when nothing changes', async () => {
    const { store, written } = await storeBehind([version('v1', { account: ['whsec_old'] })]);

    await store.change(takeAway, never);

    expect(written()).toEqual([]);
  });

  it('keeps what somebody else wrote between its read and its write', async () => {
    const both = { account: ['whsec_old', 'whsec_theirs'] };
    const { store, written } = await storeBehind([
      version('v1', { account: ['whsec_old', 'whsec_gone'] }),
      WRITTEN,
      // Not v1: theirs came in between, and ours has overwritten it.
      version('v2', { account: ['whsec_old', 'whsec_gone', 'whsec_theirs'] }),
      WRITTEN,
      version('v4', both),
    ]);

    await store.change(takeAway, never);

    expect(written().at(-1)).toEqual(both);
  });

  it('gives up when others do not stop, and quotes no secret', async () => {
    const theirs = version('v9', { account: ['whsec_gone'] });
    const { store } = await storeBehind([theirs, WRITTEN, theirs, theirs, WRITTEN, theirs]);

    const changing = store.change((document) => document.with(OURS, 'whsec_new'), never);

    await expect(changing).rejects.toThrow('five tries');
    await expect(changing).rejects.not.toThrow('whsec');
  });
});
