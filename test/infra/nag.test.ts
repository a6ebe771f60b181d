import { Bucket } from 'aws-cdk-lib/aws-s3';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { ACKNOWLEDGED_FINDINGS } from '#infra/checks/acknowledged-findings.ts';
import { checkFindings } from '#infra/checks/check-findings.ts';
import type { StageConfig } from '#infra/configuration/stage-config.ts';
import { buildApp } from './synthesize.ts';

// The CDK's own validator of CloudFormation looks too, as it does in `npm run synth`.
beforeEach(() => void vi.stubEnv('CDK_VALIDATION', 'true'));

/** It loads its rules at its first synthesis, for some seconds. */
describe('cdk-nag', () => {
  it.each<[string, StageConfig]>([
    ['prod', {}],
    ['blue', { removalPolicy: 'destroy', domains: { tax: { state: 'draining' }, capital: { state: 'on' } } }],
    [
      'open',
      {
        organization: 'o-a1b2c3d4e5',
        subscribers: [{ name: 'dunning', account: '444455556666', owner: 'billing', events: ['invoice.*'] }],
      },
    ],
    [
      'green',
      {
        partnerEventSources: ['aws.partner/stripe.com/ed_test_1'],
        schemaRegistry: true,
        issuingAuthorization: { fallback: 'decline', provisionedConcurrency: 1 },
      },
    ],
  ])('finds nothing in the stage %s that is not acknowledged', (stage, config) => {
    const { app } = buildApp(config, stage);

    checkFindings(app, stage);

    expect(() => app.synth()).not.toThrow();
  });

  it('fails the synthesis on what nobody acknowledged', () => {
    const { app, data } = buildApp();
    new Bucket(data, 'Unguarded');

    checkFindings(app, 'dev');

    expect(() => app.synth()).toThrow(/StripeFanoutData\/Unguarded.*\n.*AwsSolutions-S10/);
  });

  it('has a reason for each acknowledgement', () => {
    for (const { reason } of ACKNOWLEDGED_FINDINGS) expect(reason.length).toBeGreaterThan(20);
  });
});
