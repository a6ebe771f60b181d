import { RemovalPolicy } from 'aws-cdk-lib';
import { type IRole, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { type IQueue, Queue } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import { allow } from '../constructs/allow.ts';
import { deadLetterQueue } from './dead-letter-queue.ts';
import { QueueConsumer } from './queue-consumer.ts';
import type { StripeEventSubscriptionProps } from './subscription-props.ts';
import { SubscriptionQueue } from './subscription-queue.ts';
import { type KnownTarget, knownTarget } from './subscription-target.ts';
import { visibilityOf } from './visibility-of.ts';

/** What a subscription's rule delivers to, and where what it cannot deliver waits. */
export interface Delivery {
  readonly targetArn: string;
  /** What events wait in, where they do. */
  readonly queue?: IQueue;
  /** For what the rule could not deliver: always a standard one. */
  readonly deadLetterQueue: IQueue;
  /** All that somebody has to look into. */
  readonly deadLetterQueues: readonly IQueue[];
  /** Whether queue or DLQ are somebody else's, who may have them filled by many rules. */
  readonly isShared: boolean;
  /** What EventBridge acts as; a queue's own policy lets it in. */
  readonly role?: IRole;
}

/**
 * Makes what a target needs behind its rule.
 * @param queueName of a function's queue; by default CloudFormation makes one
 */
export function deliveryTo(scope: Construct, props: StripeEventSubscriptionProps, queueName?: string): Delivery {
  const known = knownTarget(props.target);
  if (known.kind === 'function') return toFunction(scope, known.target, props, queueName);

  const existing = known.kind === 'queue' ? deadLettersOf(known.target) : undefined;
  const letters = existing ?? deadLetterQueue(scope, 'DeadLetterQueue', { removalPolicy: removalOf(props) });
  const common = { deadLetterQueue: letters, deadLetterQueues: [letters], isShared: known.kind === 'queue' };
  if (known.kind === 'queue') return { ...common, targetArn: known.target.queueArn, queue: known.target };
  const [action, targetArn] = actionOn(known);
  return { ...common, targetArn, role: roleFor(scope, action, targetArn) };
}

function toFunction(
  scope: Construct,
  handler: IFunction,
  props: StripeEventSubscriptionProps,
  queueName: string | undefined,
): Delivery {
  const { queue, deadLetterQueue, deadLetterQueues } = new SubscriptionQueue(scope, 'Events', {
    fifo: props.fifo ?? false,
    visibilityTimeout: visibilityOf(props, handler),
    maxReceiveCount: props.maxReceiveCount ?? 5,
    removalPolicy: removalOf(props),
    ...(queueName !== undefined && { queueName }),
  });
  new QueueConsumer(scope, 'Consumer', {
    handler,
    queue,
    payloadBucketArn: props.bus.payloadBucketArn,
    batchSize: props.batchSize ?? 10,
    maxConcurrency: props.maxConcurrency ?? 10,
    ...(props.batchingWindow !== undefined && { batchingWindow: props.batchingWindow }),
  });
  return { targetArn: queue.queueArn, queue, deadLetterQueue, deadLetterQueues, isShared: false };
}

/** A queue's own DLQ, where a rule can use it too: one place holds all that failed. */
function deadLettersOf(queue: IQueue): IQueue | undefined {
  const own = queue instanceof Queue ? queue.deadLetterQueue?.queue : undefined;
  return own instanceof Queue && !own.fifo ? own : undefined;
}

function actionOn(known: Exclude<KnownTarget, { kind: 'function' | 'queue' }>): readonly [string, string] {
  if (known.kind === 'state machine') return ['states:StartExecution', known.target.stateMachineArn];
  if (known.kind === 'bus') return ['events:PutEvents', known.target.eventBusArn];
  return ['events:InvokeApiDestination', known.target.apiDestinationArn];
}

/** Nobody else can have EventBridge use it: a role is passed to a rule within its own account only. */
function roleFor(scope: Construct, action: string, resource: string): Role {
  const role = new Role(scope, 'Role', {
    assumedBy: new ServicePrincipal('events.amazonaws.com'),
    description: 'What EventBridge may do for a subscription to Stripe events.',
  });
  role.addToPolicy(allow('DeliverToTarget', [action], [resource]));
  return role;
}

function removalOf({ removalPolicy }: StripeEventSubscriptionProps): RemovalPolicy {
  return removalPolicy ?? RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE;
}
