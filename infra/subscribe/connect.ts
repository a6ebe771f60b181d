import { Stack } from 'aws-cdk-lib';
import type { Rule, RuleTargetInput } from 'aws-cdk-lib/aws-events';
import type { Construct } from 'constructs';
import type { EventPattern } from '#shared/patterns/event-pattern.ts';
import { allowDirect } from './allow-direct.ts';
import { allowRule, type SendingRule } from './allow-rule.ts';
import { warn } from './check-subscription.ts';
import { DeadLetteredTarget } from './dead-lettered-target.ts';
import type { Delivery } from './delivery.ts';
import { ForwardingBus } from './forwarding-bus.ts';
import { ruleArnOn } from './replay-command.ts';
import type { Route } from './route-to-subscriber.ts';
import type { StripeFanoutBus } from './stripe-fanout-bus.ts';
import { SubscriptionRule } from './subscription-rule.ts';

/** Where EventBridge finds the id of the Stripe object. */
export const OBJECT_ID = '$.detail.data.object.id';

export interface Connection {
  readonly bus: StripeFanoutBus;
  readonly ruleName: string;
  readonly description: string;
  readonly pattern: EventPattern;
  readonly delivery: Delivery;
  readonly transform?: RuleTargetInput;
}

/** A rule on a bus of the same account. */
export interface OwnRule {
  readonly busName: string;
  readonly rule: Rule;
}

/** Connects the pipeline's bus with a subscription that has a rule of its own. */
export function connect(scope: Construct, route: Route, connection: Connection): OwnRule {
  return route === 'bus' ? connectOverBus(scope, connection) : connectByRule(scope, connection);
}

/** Of the same account. */
function connectByRule(scope: Construct, connection: Connection): OwnRule {
  const { bus, ruleName, pattern } = connection;
  const { rule } = addRule(scope, connection, { busArn: bus.busArn, pattern, ruleArn: ruleArnOn(bus, ruleName) });
  return { busName: bus.busName, rule };
}

/** Of another account, over a bus of this one. */
function connectOverBus(scope: Construct, connection: Connection): OwnRule {
  const { bus, ruleName, description, pattern, delivery } = connection;
  const forwarding = new ForwardingBus(scope, 'Forwarding', {
    ...{ from: bus, ruleName, description, pattern },
    deadLetterQueue: delivery.deadLetterQueue,
  });
  admit(scope, delivery.deadLetterQueue, { ruleArn: ruleArnOn(bus, ruleName) });
  const ruleArn = Stack.of(scope).formatArn({
    service: 'events',
    resource: 'rule',
    resourceName: `${forwarding.busName}/${ruleName}`,
  });
  const own = addRule(scope, connection, { busArn: forwarding.bus.eventBusArn, pattern: forwarding.arrived, ruleArn });
  forwarding.fillAfter(own, ...policiesOf(delivery));
  return { busName: forwarding.busName, rule: own.rule };
}

/** Readies a subscription for the rule that the pipeline's account makes for it. */
export function awaitDirect(scope: Construct, { bus, ruleName, delivery }: Connection, subscriber: string): void {
  if (delivery.queue !== undefined) allowDirect(delivery.queue, bus, subscriber);
  admit(scope, delivery.deadLetterQueue, { ruleArn: ruleArnOn(bus, ruleName) });
}

function addRule(
  scope: Construct,
  { ruleName, description, delivery, transform }: Connection,
  { busArn, pattern, ruleArn }: { readonly busArn: string; readonly pattern: EventPattern; readonly ruleArn: string },
): SubscriptionRule {
  const { targetArn, queue, deadLetterQueue, role, isShared } = delivery;
  // A queue's policy may hold ten conditions, so that a queue for many rules lets in those of the bus.
  const senders = isShared ? ruleArn.replace(/[^/]*$/, '*') : ruleArn;
  const sender = { ruleArn: senders, account: Stack.of(scope).account };
  for (const each of new Set([...(queue ? [queue] : []), deadLetterQueue])) admit(scope, each, sender);
  const rule = new SubscriptionRule(scope, 'OnBus', {
    ...{ busArn, ruleName, description, pattern },
    target: new DeadLetteredTarget({
      arn: targetArn,
      deadLetterArn: deadLetterQueue.queueArn,
      ...(role && { role }),
      ...(transform && { input: transform }),
      ...(queue?.fifo && { groupBy: OBJECT_ID }),
    }),
  });
  // What comes before its policies are there is refused, by the DLQ too, and lost.
  rule.node.addDependency(...policiesOf(delivery));
  return rule;
}

function policiesOf({ queue, deadLetterQueues, role }: Delivery): Construct[] {
  return [...(queue ? [queue] : []), ...deadLetterQueues, ...(role ? [role] : [])].flatMap(({ node }) =>
    node.findAll().filter((construct) => construct !== node.defaultChild),
  );
}

function admit(scope: Construct, queue: Delivery['deadLetterQueue'], rule: SendingRule): void {
  if (allowRule(queue, rule)) return;
  warn(scope, [
    {
      id: 'stripe-fanout:imported-queue',
      message: `The policy of an imported queue cannot be changed from here: let events.amazonaws.com do sqs:SendMessage on ${queue.queueName} where aws:SourceArn is like ${rule.ruleArn}, or nothing arrives.`,
    },
  ]);
}
