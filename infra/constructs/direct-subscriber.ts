import { Annotations, Stack, Tags } from 'aws-cdk-lib';
import { CfnRule, type EventBus } from 'aws-cdk-lib/aws-events';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { OWNER_TAG } from '#shared/naming/owner-tag.ts';
import { directSubscriberName, directSubscriberRoleName } from '#shared/naming/resource-names.ts';
import type { SubscriberConfig } from '../configuration/subscriber-config.ts';
import { OBJECT_ID } from '../subscribe/connect.ts';
import { subscriptionPattern } from '../subscribe/subscription-pattern.ts';
import { wantedWarnings } from '../subscribe/wanted-warnings.ts';
import { allow } from './allow.ts';

export interface DirectSubscriberProps {
  readonly stage: string;
  readonly bus: EventBus;
  readonly subscriber: SubscriberConfig;
}

/**
 * The half of a direct subscription that is in this account: the rule, and the role with which EventBridge reaches the
 * queue of the other one. What cannot be delivered goes to the subscriber's DLQ.
 */
export class DirectSubscriber extends Construct {
  constructor(scope: Construct, id: string, { stage, bus, subscriber }: DirectSubscriberProps) {
    super(scope, id);
    const { name, account, owner, events, where, replay = 'ignore', fifo = false } = subscriber;
    const { region } = Stack.of(this);
    const ruleName = directSubscriberName(stage, name);
    const queueArn = (queueName: string) => Stack.of(this).formatArn({ service: 'sqs', account, resource: queueName });
    const target = queueArn(fifo ? `${ruleName}.fifo` : ruleName);
    const role = new Role(this, 'Role', {
      // The other account's policy names it.
      roleName: directSubscriberRoleName(stage, name, region),
      assumedBy: new ServicePrincipal('events.amazonaws.com'),
      description: `What EventBridge may do for the subscription of ${owner}.`,
    });
    role.addToPolicy(allow('FillSubscribersQueue', ['sqs:SendMessage'], [target]));

    const wanted = { events, replay, ...(where !== undefined && { where }) };
    const rule = new CfnRule(this, 'Rule', {
      name: ruleName,
      description: `Stripe events for ${owner}, account ${account}`,
      eventBusName: bus.eventBusName,
      eventPattern: subscriptionPattern(wanted),
      state: 'ENABLED',
      targets: [
        {
          id: 'Queue',
          arn: target,
          roleArn: role.roleArn,
          deadLetterConfig: { arn: queueArn(`${ruleName}-dlq`) },
          retryPolicy: { maximumEventAgeInSeconds: 24 * 60 * 60, maximumRetryAttempts: 185 },
          ...(fifo && { sqsParameters: { messageGroupId: OBJECT_ID } }),
        },
      ],
    });
    rule.node.addDependency(role);
    Tags.of(this).add(OWNER_TAG, owner);
    for (const { id, message } of wantedWarnings(wanted)) Annotations.of(this).addWarningV2(id, message);
  }
}
