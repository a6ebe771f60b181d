import { accountIn } from '../assembly/account.ts';
import type { Access } from '../iam/access.ts';
import type { BusEvent } from './bus-event.ts';
import type { Rule, Target } from './rule.ts';

/** The action by which each kind of target takes an event. */
const ACTIONS: Readonly<Record<string, string>> = {
  events: 'events:PutEvents',
  lambda: 'lambda:InvokeFunction',
  sns: 'sns:Publish',
  sqs: 'sqs:SendMessage',
  states: 'states:StartExecution',
};

/** What EventBridge must be allowed to bring a rule's event to a target. */
export function deliveryAccess(
  rule: Rule,
  { arn, role }: Pick<Target, 'arn' | 'role'>,
  { source, detailType }: Pick<BusEvent, 'source' | 'detailType'>,
): Access {
  const service = arn.split(':')[2] ?? '';
  const isBus = arn.includes(':event-bus/');
  const assumedBy = 'events.amazonaws.com';
  return {
    principal:
      role === undefined
        ? { kind: 'service', name: assumedBy }
        : { kind: 'role', arn: role, session: rule.name, assumedBy, assumedFor: rule.arn },
    action: arn.includes(':api-destination/') ? 'events:InvokeApiDestination' : (ACTIONS[service] ?? `${service}:*`),
    resource: arn,
    context: {
      'aws:SourceArn': rule.arn,
      'aws:SourceAccount': accountIn(rule.arn),
      ...(isBus && { 'events:source': [source], 'events:detail-type': [detailType] }),
    },
  };
}
