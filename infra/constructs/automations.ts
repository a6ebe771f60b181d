import { ArnFormat, Stack } from 'aws-cdk-lib';
import type { Topic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import * as names from '#shared/naming/resource-names.ts';
import type { StageSettings } from '../configuration/settings.ts';
import { approval } from '../operations/automations/approval.ts';
import { redriveDlq } from '../operations/automations/redrive-dlq.ts';
import { replayArchive } from '../operations/automations/replay-archive.ts';
import { switchDomain } from '../operations/automations/switch-domain.ts';
import type { Drain } from '../operations/drains-of.ts';
import { allow } from './allow.ts';
import { Automation } from './automation.ts';

export interface AutomationsProps {
  readonly settings: StageSettings;
  readonly queueOwners: readonly names.QueueOwner[];
  /** The queues that a function drains: what can be paused. */
  readonly drains: readonly Drain[];
  /** Where approvals are asked for. */
  readonly approvals: Topic;
}

/** The four things the engineer on call does most, as automations for those who have the console and not the CLI. */
export class Automations extends Construct {
  constructor(scope: Construct, id: string, { settings, queueOwners, drains, approvals }: AutomationsProps) {
    super(scope, id);
    const { stage } = settings;
    const { approvers } = settings.alarms;
    const arn = (service: string, resource: string, resourceName: string, arnFormat: ArnFormat) =>
      Stack.of(this).formatArn({ service, resource, resourceName, arnFormat });
    const queue = (name: string) =>
      Stack.of(this).formatArn({ service: 'sqs', resource: name, arnFormat: ArnFormat.NO_RESOURCE_NAME });
    const event = (resource: string, name: string) => arn('events', resource, name, ArnFormat.SLASH_RESOURCE_NAME);
    const lambda = (resource: string, name: string) => arn('lambda', resource, name, ArnFormat.COLON_RESOURCE_NAME);

    const queues = queueOwners.map((owner) => queue(names.queueName(stage, owner)));
    const deadLetterQueues = queueOwners.map((owner) => queue(names.deadLetterQueueName(stage, owner)));
    const redrive = new Automation(this, 'RedriveDlq', {
      documentName: names.automationName(stage, 'RedriveDlq'),
      content: redriveDlq(
        queueOwners,
        {
          queue: (owner) => queue(`${names.stageName(stage)}-${owner}`),
          deadLetterQueue: (owner) => queue(`${names.stageName(stage)}-${owner}-dlq`),
        },
        approval(approvers, approvals.topicArn, 'Move the dead letters of {{ Domain }} back to their queue?'),
      ),
      permissions: [
        allow(
          'TakeFromDeadLetterQueues',
          [
            'sqs:StartMessageMoveTask',
            'sqs:ListMessageMoveTasks',
            'sqs:ReceiveMessage',
            'sqs:DeleteMessage',
            'sqs:GetQueueAttributes',
          ],
          deadLetterQueues,
        ),
        allow('PutIntoQueues', ['sqs:SendMessage'], queues),
      ],
    });

    const archive = event('archive', names.archiveName(stage));
    const bus = event('event-bus', names.busName(stage));
    const replays = event('replay', `${names.stageName(stage)}-*`);
    const replay = new Automation(this, 'ReplayArchive', {
      documentName: names.automationName(stage, 'ReplayArchive'),
      content: replayArchive(
        names.stageName(stage),
        { archive, bus },
        approval(approvers, approvals.topicArn, 'Replay the events from {{ From }} to {{ To }}?'),
      ),
      permissions: [
        allow('StartReplays', ['events:StartReplay'], [archive, bus, replays]),
        allow('WatchReplays', ['events:DescribeReplay'], [replays]),
      ],
    });
    // Asking costs a message on the encrypted topic.
    if (approvers.length > 0) for (const { role } of [redrive, replay]) approvals.grantPublish(role);

    const drained = [...new Set(drains.map(({ owner }) => owner))];
    const functions = [...new Set(drains.map(({ functionName }) => lambda('function', functionName)))];
    const mappings = [lambda('event-source-mapping', '*')];
    for (const [id, to] of [
      ['PauseDomain', 'off'],
      ['ResumeDomain', 'on'],
    ] as const) {
      new Automation(this, id, {
        documentName: names.automationName(stage, id),
        content: switchDomain(to, drained, (owner) => queue(`${names.stageName(stage)}-${owner}`)),
        permissions: [
          // It knows no resource; what it lists is filtered by queue.
          allow('FindMappings', ['lambda:ListEventSourceMappings'], ['*']),
          allow('SwitchDrains', ['lambda:UpdateEventSourceMapping', 'lambda:GetEventSourceMapping'], mappings, {
            ArnEquals: { 'lambda:FunctionArn': functions },
          }),
        ],
      });
    }
  }
}
