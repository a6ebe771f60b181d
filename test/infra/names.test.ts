import { Stack } from 'aws-cdk-lib';
import type { Template } from 'aws-cdk-lib/assertions';
import { describe, expect, it } from 'vitest';
import { CONFIG } from '#infra/config.ts';
import { DOMAINS } from '#shared/catalogue/domains.ts';
import { deadLetterQueueUrlOutput, queueUrlOutput } from '#shared/naming/output-names.ts';
import { buildApp, synthesize } from './synthesize.ts';

const NAME_PROPERTIES = [
  'TableName',
  'QueueName',
  'FunctionName',
  'BucketName',
  'ArchiveName',
  'LogGroupName',
  'AlarmName',
  'DashboardName',
  'TopicName',
  'Name',
];
const TYPES_WITHOUT_NAMES =
  /Policy$|Permission$|Route$|Integration$|Stage$|EventSourceMapping$|^AWS::(IAM::Role|KMS::Key)$/;

/** Physical names in a template, by logical id; names that hold tokens are written as JSON. */
function namesOf(template: Template): string[] {
  return Object.entries(
    template.toJSON().Resources as Record<string, { Type: string; Properties: Record<string, unknown> }>,
  )
    .filter(([, { Type }]) => !TYPES_WITHOUT_NAMES.test(Type))
    .map(([id, { Type, Properties }]) => {
      const property = NAME_PROPERTIES.find((name) => Properties[name] !== undefined);
      if (property === undefined) throw new Error(`${id} has no name of its own`);
      return `${Type} ${JSON.stringify(Properties[property])}`;
    });
}

describe('names', () => {
  it('carry the stage, so that two stages fit into one account', () => {
    const dev = synthesize(CONFIG.dev, 'dev');
    const prod = synthesize(CONFIG.prod, 'prod');
    const devNames = [...namesOf(dev.data), ...namesOf(dev.pipeline), ...namesOf(dev.operations)];
    const prodNames = [...namesOf(prod.data), ...namesOf(prod.pipeline), ...namesOf(prod.operations)];

    expect(devNames.every((name) => /stripe-fanout[-/]dev/.test(name))).toBe(true);
    expect(devNames.filter((name) => prodNames.includes(name))).toEqual([]);
    expect(new Set(devNames).size).toBe(devNames.length);
  });

  it('carry the stage in the stacks, whose ids do not', () => {
    const stacks = Object.values(buildApp({}, 'blue')).filter((built) => built instanceof Stack);
    const ids = ['StripeFanoutData', 'StripeFanoutPipeline', 'StripeFanoutOperations'];

    expect(stacks.map(({ node }) => node.id)).toEqual(ids);
    expect(stacks.map(({ stackName }) => stackName)).toEqual(ids.map((id) => `${id}-blue`));
  });

  it('are put out, so that nobody has to guess them', () => {
    const { data, pipeline } = synthesize();
    const outputs = Object.keys({ ...data.findOutputs('*'), ...pipeline.findOutputs('*') });

    expect(outputs).toEqual(
      expect.arrayContaining([
        'WebhookUrl',
        'BusName',
        'BusArn',
        'BusDlqUrl',
        'ArchiveName',
        'LedgerTableName',
        'ObjectsTableName',
        'PayloadBucketName',
        'SigningSecretName',
        'ApiKeySecretName',
        ...DOMAINS.flatMap(({ name }) => [queueUrlOutput(name), deadLetterQueueUrlOutput(name)]),
        'QueueUrlThin',
        'DlqUrlThin',
        'QueueUrlUnrecognized',
        'DlqUrlUnrecognized',
      ]),
    );
    // CloudFormation takes 200 outputs a template.
    expect(outputs.length).toBeLessThanOrEqual(200);
  });

  it('leave room in each template for what later issues add', () => {
    const { data, pipeline, operations } = synthesize();

    for (const template of [data, pipeline, operations]) {
      // CloudFormation takes 500 resources and 1 MB a template.
      expect(Object.keys(template.toJSON().Resources).length).toBeLessThan(350);
      expect(JSON.stringify(template.toJSON()).length).toBeLessThan(500_000);
    }
  });

  it('mark everything that can be tagged with project and stage', () => {
    const { data } = synthesize({}, 'blue');

    data.allResourcesProperties('AWS::SQS::Queue', {
      Tags: [
        { Key: 'project', Value: 'stripe-fanout' },
        { Key: 'stage', Value: 'blue' },
      ],
    });
  });
});
