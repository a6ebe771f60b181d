import { Annotations } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { InvalidSubscription } from './invalid-subscription.ts';
import { queueProblems, queueWarnings } from './queue-findings.ts';
import { routeProblems, startProblems } from './route-to-subscriber.ts';
import type { WantedEvents } from './subscription-pattern.ts';
import type { StripeEventSubscriptionProps } from './subscription-props.ts';
import { checkSubscriptionQuotas } from './subscription-quotas.ts';
import { knownTarget } from './subscription-target.ts';
import { targetProblems } from './target-problems.ts';
import { groupingProblems, wantedProblems } from './wanted-problems.ts';
import { type Warning, wantedWarnings } from './wanted-warnings.ts';

/**
 * Finds out what would not work before anything is deployed. What can be told now ends it; what depends on other
 * constructs is told when the app is synthesized; what may be meant is a warning.
 * @throws {InvalidSubscription} naming every problem
 */
export function checkSubscription(scope: Construct, props: StripeEventSubscriptionProps, wanted: WantedEvents): void {
  const { kind, target } = knownTarget(props.target);
  const isFifo = kind === 'queue' ? target.fifo : (props.fifo ?? false);
  const problems = [
    ...wantedProblems(wanted, props),
    ...(isFifo ? groupingProblems(wanted) : []),
    ...targetProblems(props),
    ...routeProblems(scope, props),
    ...startProblems(props, new Date()),
  ];
  if (problems.length > 0) throw new InvalidSubscription(scope.node.path, problems);

  warn(scope, [...wantedWarnings(wanted), ...(kind === 'queue' ? queueWarnings(target) : [])]);
  if (kind === 'queue') {
    scope.node.addValidation({ validate: () => queueProblems(target, props.bus, props.handlerTimeout) });
  }
  checkSubscriptionQuotas(scope, props.bus);
}

export function warn(scope: Construct, warnings: readonly Warning[]): void {
  for (const { id, message } of warnings) Annotations.of(scope).addWarningV2(id, message);
}
