import { Duration } from 'aws-cdk-lib';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { visibilityTimeout } from '../constructs/visibility-timeout.ts';
import { handlerTimeout } from './handler-timeout.ts';
import type { StripeEventSubscriptionProps } from './subscription-props.ts';

/**
 * How long an event is hidden while a function works on it.
 * @throws {Error} the function's timeout is not known, which {@link targetProblems} says before
 */
export function visibilityOf(props: StripeEventSubscriptionProps, handler: IFunction): Duration {
  if (props.visibilityTimeout !== undefined) return props.visibilityTimeout;
  const timeout = props.handlerTimeout ?? handlerTimeout(handler);
  if (timeout === undefined) throw new Error(`The timeout of ${handler.node.path} is not known.`);
  return Duration.seconds(visibilityTimeout(timeout.toSeconds(), props.batchingWindow?.toSeconds() ?? 0));
}
