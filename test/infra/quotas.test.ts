import { CfnRule } from 'aws-cdk-lib/aws-events';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { describe, expect, it } from 'vitest';
import { busProblems, queuePolicyProblems, ruleProblems } from '#infra/checks/quota-problems.ts';
import { buildApp } from './synthesize.ts';

describe('quotas', () => {
  it('synthesizes the deployed stacks without a problem', () => {
    const { app } = buildApp();

    expect(() => app.synth()).not.toThrow();
  });

  it('names the queue whose policy has more conditions than SQS takes', () => {
    const { app, pipeline } = buildApp();
    const queue = new Queue(pipeline, 'Subscriber');
    for (let rule = 0; rule < 11; rule += 1) {
      queue.addToResourcePolicy(
        new PolicyStatement({
          principals: [new ServicePrincipal('events.amazonaws.com')],
          actions: ['sqs:SendMessage'],
          resources: [queue.queueArn],
          conditions: { ArnEquals: { 'aws:SourceArn': `arn:aws:events:eu-west-1:123456789012:rule/bus/rule-${rule}` } },
        }),
      );
    }

    expect(() => app.synth()).toThrow(
      /StripeFanoutPipeline\/Subscriber\/Policy\/Resource: 11 policy conditions, but 10 is the quota/,
    );
  });

  it('names the rule whose pattern is longer than EventBridge takes', () => {
    const { app, pipeline, data } = buildApp();
    new CfnRule(pipeline, 'Long', {
      eventBusName: data.bus.bus.eventBusName,
      eventPattern: { source: ['stripe'], 'detail-type': ['x'.repeat(2_048)] },
    });

    expect(() => app.synth()).toThrow(/StripeFanoutPipeline\/Long: \d+ characters of pattern, but 2048 is the quota/);
  });

  it('counts rules by bus, with the one of the archive', () => {
    const { app, pipeline, data } = buildApp();
    // 74 rules and the archive's leave 225.
    for (let rule = 0; rule < 226; rule += 1) {
      new CfnRule(pipeline, `Extra${rule}`, {
        eventBusName: data.bus.bus.eventBusName,
        eventPattern: { source: ['x'] },
      });
    }

    expect(() => app.synth()).toThrow(/301 rules on the bus, but 300 is the quota/);
  });

  it('takes each number up to its quota and no further', () => {
    const targets = (count: number) => ruleProblems({ targets: Array.from({ length: count }, () => ({})) });
    const statements = (count: number) => queuePolicyProblems({ Statement: Array.from({ length: count }, () => ({})) });
    const text = (length: number) => queuePolicyProblems({ Statement: [], Text: 'x'.repeat(length) });

    expect([targets(5), statements(20), text(8_100), busProblems(300)].flat()).toEqual([]);
    expect([targets(6), statements(21), text(8_192), busProblems(301)].flat()).toHaveLength(4);
  });
});
