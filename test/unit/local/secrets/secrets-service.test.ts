import {
  DescribeSecretCommand,
  GetSecretValueCommand,
  ListSecretsCommand,
  PutSecretValueCommand,
  UpdateSecretCommand,
} from '@aws-sdk/client-secrets-manager';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Runtime } from '#local/running-pipeline.ts';
import { clientsOf, startFixture } from '../start-fixture.ts';

let runtime: Runtime;
let secrets: ReturnType<typeof clientsOf>['secrets'];

beforeAll(async () => {
  runtime = await startFixture({ signingSecret: 'whsec_mine' });
  secrets = clientsOf(runtime).secrets;
});
afterAll(() => runtime.stop());

const read = (change: object = {}) => secrets.send(new GetSecretValueCommand({ SecretId: 'app/signing', ...change }));

describe('Secrets Manager', () => {
  it('holds the signing secret of every destination from the start', async () => {
    const { SecretString } = await read();

    expect(JSON.parse(SecretString ?? '')).toEqual({ account: ['whsec_mine'], connect: ['whsec_mine'] });
  });

  it('finds a secret by name, by ARN, and by ARN without its end', async () => {
    const { ARN = '', Name } = await read();

    expect(ARN).toMatch(/^arn:aws:secretsmanager:us-east-1:000000000000:secret:app\/signing-[0-9a-f]{6}$/);
    expect(Name).toBe('app/signing');
    expect((await read({ SecretId: ARN })).ARN).toBe(ARN);
    expect((await read({ SecretId: ARN.slice(0, -7) })).ARN).toBe(ARN);
    await expect(read({ SecretId: 'nobody' })).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
  });

  it('keeps the version before, so that a rotation can be undone', async () => {
    const { SecretString: first } = await read();

    const put = await secrets.send(new PutSecretValueCommand({ SecretId: 'app/signing', SecretString: 'second' }));
    await secrets.send(new UpdateSecretCommand({ SecretId: 'app/signing', SecretString: 'third' }));

    expect((await read()).SecretString).toBe('third');
    expect(await read({ VersionStage: 'AWSPREVIOUS' })).toMatchObject({
      SecretString: 'second',
      VersionId: put.VersionId,
    });
    expect(first).not.toBe('second');
  });

  it('describes and lists secrets without their values', async () => {
    const described = await secrets.send(new DescribeSecretCommand({ SecretId: 'app/signing' }));
    const { SecretList } = await secrets.send(new ListSecretsCommand({}));

    expect(Object.values(described.VersionIdsToStages ?? {}).flat()).toContain('AWSCURRENT');
    expect(SecretList?.map(({ Name }) => Name)).toEqual(['app/signing']);
    expect(JSON.stringify([described, SecretList])).not.toContain('third');
  });
});
