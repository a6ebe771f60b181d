import { PutSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fresh, SECRET, sign, startPipeline } from './start-pipeline.ts';

let pipeline: Awaited<ReturnType<typeof startPipeline>>;
beforeAll(async () => {
  pipeline = await startPipeline();
});
afterAll(() => pipeline[Symbol.asyncDispose]());

async function store(secrets: readonly string[]): Promise<void> {
  const client = new SecretsManagerClient(pipeline.aws);
  const SecretString = JSON.stringify({ account: secrets });
  await client.send(new PutSecretValueCommand({ SecretId: pipeline.runtime.outputs.SigningSecretName, SecretString }));
  client.destroy();
  // New instances read at once; warm ones within a minute of the first mismatch, as their unit tests show.
  await pipeline.runtime.killWorkers('stripe-fanout-dev-ingress');
}

async function outcomesOf(...secrets: readonly string[]): Promise<unknown[]> {
  const outcomes = [];
  for (const secret of secrets) {
    const body = JSON.stringify(fresh('charge.succeeded'));
    outcomes.push((await pipeline.post(body, sign(body, secret))).outcome);
  }
  return outcomes;
}

describe('a rotation of the signing secret', () => {
  it('needs no deploy: both are accepted while both are stored, then only the new one', async () => {
    const before = await outcomesOf(SECRET, 'whsec_rotated');
    await store([SECRET, 'whsec_rotated']);
    const during = await outcomesOf(SECRET, 'whsec_rotated');
    await store(['whsec_rotated']);
    const after = await outcomesOf(SECRET, 'whsec_rotated');

    expect(before).toEqual(['accepted', 'signature_mismatch']);
    expect(during).toEqual(['accepted', 'accepted']);
    expect(after).toEqual(['signature_mismatch', 'accepted']);
  });
});
