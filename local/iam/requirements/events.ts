import { arn } from '../../assembly/account.ts';
import { busName } from '../../events/read-entry.ts';
import { inputOf, onAnything, type RequirementRule, type RequirementRules } from '../requirement-rules.ts';

const onNamed =
  (action: string, parameter: string, type: string): RequirementRule =>
  (call) => [{ action: `events:${action}`, resource: arn('events', `${type}/${inputOf(call).string(parameter)}`) }];

const onRule =
  (action: string, parameter: string): RequirementRule =>
  (call) => {
    const input = inputOf(call);
    const bus = busName(input.optionalString('EventBusName'));
    const rule = input.string(parameter);
    return [
      { action: `events:${action}`, resource: arn('events', `rule/${bus === 'default' ? rule : `${bus}/${rule}`}`) },
    ];
  };

/** @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazoneventbridge.html */
export const EVENTS: RequirementRules = {
  CancelReplay: onNamed('CancelReplay', 'ReplayName', 'replay'),
  DescribeArchive: onNamed('DescribeArchive', 'ArchiveName', 'archive'),
  // Its resource is the partner's own, which names no account.
  DescribeEventSource: onAnything('events:DescribeEventSource'),
  DescribeReplay: onNamed('DescribeReplay', 'ReplayName', 'replay'),
  DescribeRule: onRule('DescribeRule', 'Name'),
  DisableRule: onRule('DisableRule', 'Name'),
  EnableRule: onRule('EnableRule', 'Name'),
  ListReplays: onAnything('events:ListReplays'),
  ListRules: onAnything('events:ListRules'),
  ListTagsForResource: (call) => [
    { action: 'events:ListTagsForResource', resource: inputOf(call).string('ResourceARN') },
  ],
  ListTargetsByRule: onRule('ListTargetsByRule', 'Rule'),
  PutEvents: (call) => {
    const byBus = Map.groupBy(inputOf(call).objects('Entries'), (entry) => entry.optionalString('EventBusName'));
    return [...byBus].map(([bus = 'default', entries]) => ({
      action: 'events:PutEvents',
      resource: bus.startsWith('arn:') ? bus : arn('events', `event-bus/${bus}`),
      context: {
        'events:source': entries.flatMap((entry) => entry.optionalString('Source') ?? []),
        'events:detail-type': entries.flatMap((entry) => entry.optionalString('DetailType') ?? []),
      },
    }));
  },
  // Its resource is the partner's own, in the partner's account.
  PutPartnerEvents: onAnything('events:PutPartnerEvents'),
  RemoveTargets: onRule('RemoveTargets', 'Rule'),
  StartReplay: (call) => {
    const input = inputOf(call);
    const resources = [
      input.string('EventSourceArn'),
      input.object('Destination').string('Arn'),
      arn('events', `replay/${input.string('ReplayName')}`),
    ];
    return resources.map((resource) => ({ action: 'events:StartReplay', resource }));
  },
};
