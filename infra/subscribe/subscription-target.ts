import type { IApiDestination, IEventBus } from 'aws-cdk-lib/aws-events';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import type { IStateMachine } from 'aws-cdk-lib/aws-stepfunctions';

/**
 * Where a subscription's events go: a function (through a queue of its own), a queue, a state machine, a bus, or an
 * HTTPS endpoint.
 */
export type SubscriptionTarget = IFunction | IQueue | IStateMachine | IEventBus | IApiDestination;

export type TargetKind = 'function' | 'queue' | 'state machine' | 'bus' | 'API destination';

/** A target, and what it is. */
export type KnownTarget =
  | { readonly kind: 'function'; readonly target: IFunction }
  | { readonly kind: 'queue'; readonly target: IQueue }
  | { readonly kind: 'state machine'; readonly target: IStateMachine }
  | { readonly kind: 'bus'; readonly target: IEventBus }
  | { readonly kind: 'API destination'; readonly target: IApiDestination };

/** Tells targets apart by the ARN that only they have. */
export function knownTarget(target: SubscriptionTarget): KnownTarget {
  if ('functionArn' in target) return { kind: 'function', target };
  if ('queueArn' in target) return { kind: 'queue', target };
  if ('stateMachineArn' in target) return { kind: 'state machine', target };
  if ('eventBusArn' in target) return { kind: 'bus', target };
  return { kind: 'API destination', target };
}
