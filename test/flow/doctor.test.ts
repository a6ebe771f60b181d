import { DisableRuleCommand, EventBridgeClient, RemoveTargetsCommand } from '@aws-sdk/client-eventbridge';
import { PutSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fillDlq } from './fill-dlq.ts';
import { cli, cliJson } from './run-cli.ts';
import { startPipeline } from './start-pipeline.ts';

let pipeline: Awaited<ReturnType<typeof startPipeline>>;
beforeAll(async () => {
  pipeline = await startPipeline();
});
afterAll(() => pipeline[Symbol.asyncDispose]());

interface Finding {
  readonly check: string;
  readonly level: string;
  readonly remedy?: string;
}

describe('fanout doctor', () => {
  it('finds nothing wrong with what was just deployed', async () => {
    const { code, data } = await cliJson(pipeline, 'doctor');

    expect(data.findings.filter(({ level }: Finding) => level !== 'ok')).toEqual([]);
    expect(JSON.stringify(data.findings)).not.toContain('partner');
    expect(data.findings.map(({ check }: Finding) => check)).toEqual(
      expect.arrayContaining(['signing secrets', 'rules', 'targets', 'mappings', 'queues', 'clock', 'quotas']),
    );
    expect(code).toBe(0);
  });

  it('finds a placeholder for a secret, a rule that is off, one without a target, a paused domain and dead letters, each with its remedy', async () => {
    const secrets = new SecretsManagerClient(pipeline.aws);
    const SecretId = pipeline.runtime.outputs.SigningSecretName;
    await secrets.send(new PutSecretValueCommand({ SecretId, SecretString: '{"_placeholder":"0123"}' }));
    secrets.destroy();
    const events = new EventBridgeClient(pipeline.aws);
    await events.send(new DisableRuleCommand({ EventBusName: 'stripe-fanout-dev', Name: 'stripe-fanout-dev-Invoice' }));
    await events.send(
      new RemoveTargetsCommand({ EventBusName: 'stripe-fanout-dev', Rule: 'stripe-fanout-dev-Payout', Ids: ['Queue'] }),
    );
    events.destroy();
    await cli(pipeline, 'pause', 'fraud');
    await fillDlq(pipeline, 'core', 'charge.succeeded', 1);

    const { code, data } = await cliJson(pipeline, 'doctor');

    const troubles = data.findings.filter(({ level }: Finding) => level !== 'ok');
    const here = `--local ${pipeline.runtime.url}`;
    expect(troubles).toMatchObject([
      { check: 'signing secrets', what: expect.stringContaining('stored for account') },
      { check: 'signing secrets', what: expect.stringContaining('stored for connect') },
      { check: 'rules', level: 'error', remedy: expect.stringContaining('aws events enable-rule') },
      { check: 'targets', level: 'error', what: expect.stringContaining('stripe-fanout-dev-Payout has no target') },
      { check: 'mappings', level: 'error', remedy: `fanout resume fraud ${here}` },
      { check: 'dead letters', level: 'warn', remedy: `fanout dlq show core ${here}` },
    ]);
    expect(code).toBe(1);
  });

  it('names what it could not look at, and goes on', async () => {
    const id = pipeline.runtime.faults.add({
      service: 'lambda',
      operation: 'ListEventSourceMappings',
      times: 'always',
      error: 'AccessDeniedException',
    });

    const { data } = await cliJson(pipeline, 'doctor');
    pipeline.runtime.faults.remove(id);

    expect(data.findings).toContainEqual(
      expect.objectContaining({ check: 'mappings', level: 'error', what: expect.stringContaining('AccessDenied') }),
    );
    expect(data.findings.map(({ check }: Finding) => check)).toContain('clock');
  });
});
