import { type Duration, Stack } from 'aws-cdk-lib';
import { CfnEventSourceMapping, CfnFunction } from 'aws-cdk-lib/aws-lambda';
import { CfnQueue, type IQueue } from 'aws-cdk-lib/aws-sqs';
import type { IConstruct } from 'constructs';
import type { StripeFanoutBus } from './stripe-fanout-bus.ts';
import type { Warning } from './wanted-warnings.ts';

/** SQS's and Lambda's defaults, in seconds. */
const DEFAULT_VISIBILITY = 30;
const DEFAULT_TIMEOUT = 3;

/** What CDK knows of a queue that it makes; of an imported one nothing. */
export function templateOf(queue: IQueue): CfnQueue | undefined {
  const { defaultChild } = queue.node;
  return defaultChild instanceof CfnQueue ? defaultChild : undefined;
}

/**
 * What is wrong with a queue that somebody else made, once all that drains it is known.
 * @param timeout of who drains it, where the CDK cannot see that
 */
export function queueProblems(queue: IQueue, bus: StripeFanoutBus, timeout?: Duration): string[] {
  const template = templateOf(queue);
  if (template === undefined) return [];
  const visibility = template.visibilityTimeout ?? DEFAULT_VISIBILITY;
  const timeouts = [...(timeout ? [timeout.toSeconds()] : []), ...timeoutsOfConsumers(queue)];
  const slowest = Math.max(0, ...timeouts);
  const size = template.maximumMessageSize;
  return [
    ...(visibility < 6 * slowest
      ? [
          `The queue's visibilityTimeout is ${visibility} s, but its consumer may take ${slowest} s: a batch that is ` +
            `throttled would come back while it is still worked on. Write at least ${6 * slowest} s.`,
        ]
      : []),
    ...(size !== undefined && size < bus.inlineLimitBytes
      ? [
          `The queue takes messages of up to ${size} bytes, and events on the bus have up to ${bus.inlineLimitBytes}: ` +
            'leave maxMessageSizeBytes out.',
        ]
      : []),
  ];
}

/** What the owner of a queue that a subscription fills may not have thought of. */
export function queueWarnings(queue: IQueue): Warning[] {
  const template = templateOf(queue);
  if (template === undefined || template.redrivePolicy !== undefined) return [];
  return [
    {
      id: 'stripe-fanout:queue-without-dlq',
      message:
        'The queue has no DLQ: an event that its consumer cannot handle is received again and again, and deleted after its retention. Give it a deadLetterQueue.',
    },
  ];
}

/** Seconds that the functions of this app which drain the queue may take. */
function timeoutsOfConsumers(queue: IQueue): number[] {
  const all = queue.node.root.node.findAll();
  const arn = resolved(queue, queue.queueArn);
  const names = all
    .filter((construct) => construct instanceof CfnEventSourceMapping)
    .filter((mapping) => resolved(mapping, mapping.eventSourceArn) === arn)
    .map((mapping) => resolved(mapping, mapping.functionName));
  return all
    .filter((construct) => construct instanceof CfnFunction)
    .filter((fn) => names.includes(resolved(fn, fn.ref)) || names.includes(resolved(fn, fn.attrArn)))
    .map((fn) => fn.timeout ?? DEFAULT_TIMEOUT);
}

function resolved(construct: IConstruct, value: unknown): string {
  return JSON.stringify(Stack.of(construct).resolve(value));
}
