import { describe, expect, it } from 'vitest';
import { buildApp, type Resource, resourcesOf, synthesize } from './synthesize.ts';

const { data } = synthesize();
const STATEFUL = [
  'AWS::DynamoDB::GlobalTable',
  'AWS::SQS::Queue',
  'AWS::Events::EventBus',
  'AWS::Events::Archive',
  'AWS::S3::Bucket',
  'AWS::SecretsManager::Secret',
];

describe('data', () => {
  it.each(STATEFUL)('keeps every %s when it leaves the template', (type) => {
    const resources = Object.values(resourcesOf(data, type));

    expect(resources.length).toBeGreaterThan(0);
    for (const { DeletionPolicy, UpdateReplacePolicy } of resources) {
      expect([DeletionPolicy, UpdateReplacePolicy]).toEqual([expect.stringMatching(/^Retain/), 'Retain']);
    }
  });

  it('lets a first deployment that failed take back all but the tables, which it could not delete', () => {
    const taken = Object.values(data.toJSON().Resources as Record<string, Resource>).filter(
      ({ DeletionPolicy }) => DeletionPolicy === 'RetainExceptOnCreate',
    );

    expect(new Set(taken.map(({ Type }) => Type))).toEqual(
      new Set(STATEFUL.filter((type) => type !== 'AWS::DynamoDB::GlobalTable')),
    );
    for (const { DeletionPolicy } of Object.values(resourcesOf(data, 'AWS::DynamoDB::GlobalTable')))
      expect(DeletionPolicy).toBe('Retain');
  });

  it('protects the stack and the tables of a stage that keeps its data', () => {
    expect(buildApp().data.terminationProtection).toBe(true);
    data.allResourcesProperties('AWS::DynamoDB::GlobalTable', {
      Replicas: [{ DeletionProtectionEnabled: true }],
    });
  });

  it('lets a throw-away stage go', () => {
    const { data: stack } = buildApp({ removalPolicy: 'destroy' });
    const throwAway = synthesize({ removalPolicy: 'destroy' }).data;

    expect(stack.terminationProtection).toBe(false);
    for (const type of STATEFUL) {
      for (const { DeletionPolicy } of Object.values(resourcesOf(throwAway, type)))
        expect(DeletionPolicy).toBe('Delete');
    }
  });

  it('can restore both tables to any second of the last days', () => {
    data.allResourcesProperties('AWS::DynamoDB::GlobalTable', {
      BillingMode: 'PAY_PER_REQUEST',
      Replicas: [{ PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true } }],
    });
  });

  it('keys the ledger by event and stage, lets rows expire, and indexes what failed', () => {
    data.hasResourceProperties('AWS::DynamoDB::GlobalTable', {
      TableName: 'stripe-fanout-dev-ledger',
      KeySchema: [
        { AttributeName: 'event', KeyType: 'HASH' },
        { AttributeName: 'stage', KeyType: 'RANGE' },
      ],
      TimeToLiveSpecification: { AttributeName: 'expiresAt', Enabled: true },
      GlobalSecondaryIndexes: [
        {
          IndexName: 'failures',
          KeySchema: [
            { AttributeName: 'failedDomain', KeyType: 'HASH' },
            { AttributeName: 'failedAt', KeyType: 'RANGE' },
          ],
          Projection: { ProjectionType: 'ALL' },
        },
      ],
    });
  });

  it('keys objects by id and scope, and never lets them expire', () => {
    const [objects] = Object.values(resourcesOf(data, 'AWS::DynamoDB::GlobalTable')).filter(
      ({ Properties }) => Properties.TableName === 'stripe-fanout-dev-objects',
    );

    expect(objects?.Properties.KeySchema).toEqual([
      { AttributeName: 'object', KeyType: 'HASH' },
      { AttributeName: 'scope', KeyType: 'RANGE' },
    ]);
    expect(objects?.Properties.TimeToLiveSpecification).toBeUndefined();
  });

  it('archives every Stripe event for 35 days', () => {
    data.hasResourceProperties('AWS::Events::Archive', {
      ArchiveName: 'stripe-fanout-dev',
      EventPattern: { source: ['stripe', 'stripe.thin'] },
      RetentionDays: 35,
    });
  });

  it.each([
    { archiveDays: 7, expires: 35 + 14 },
    { archiveDays: 90, expires: 90 + 14 },
  ])('keeps large events $expires days when the archive keeps them $archiveDays', ({ archiveDays, expires }) => {
    const [bucket] = Object.values(resourcesOf(synthesize({ archiveDays }).data, 'AWS::S3::Bucket'));
    const rules = bucket?.Properties.LifecycleConfiguration.Rules;

    expect(rules.filter((rule: { ExpirationInDays?: number }) => rule.ExpirationInDays !== undefined)).toEqual([
      { Id: 'ExpireEvents', Prefix: 'events/', Status: 'Enabled', ExpirationInDays: expires },
    ]);
  });

  it('keeps the payload bucket private, encrypted and behind TLS', () => {
    data.hasResourceProperties('AWS::S3::Bucket', {
      PublicAccessBlockConfiguration: {
        BlockPublicAcls: true,
        BlockPublicPolicy: true,
        IgnorePublicAcls: true,
        RestrictPublicBuckets: true,
      },
      BucketEncryption: {
        ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } }],
      },
    });
    data.hasResourceProperties('AWS::S3::BucketPolicy', {
      PolicyDocument: {
        Statement: [{ Effect: 'Deny', Action: 's3:*', Condition: { Bool: { 'aws:SecureTransport': 'false' } } }],
      },
    });
  });

  it('states no signing secret, so that no deploy can overwrite one', () => {
    const [secret] = Object.values(resourcesOf(data, 'AWS::SecretsManager::Secret'));

    expect(secret?.Properties.Name).toBe('stripe-fanout/dev/signing-secrets');
    expect(secret?.Properties.SecretString).toBeUndefined();
    expect(secret?.Properties.GenerateSecretString.SecretStringTemplate).toBe('{}');
  });
});
