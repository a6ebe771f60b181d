import { type App, Stack } from 'aws-cdk-lib';
import { Code, Function as LambdaFunction, Runtime } from 'aws-cdk-lib/aws-lambda';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { StripeEventSubscription } from '#infra/subscribe/stripe-event-subscription.ts';
import { StripeFanoutBus } from '#infra/subscribe/stripe-fanout-bus.ts';

/** Adds another team's stack: a function of the same account that subscribes, as the guide shows it. */
export function addSubscriber(app: App, stage: string): void {
  const stack = new Stack(app, 'Team');
  new StripeEventSubscription(stack, 'Subscription', {
    bus: StripeFanoutBus.fromStage(stack, stage),
    // How many types it asks for changes no price: the workload says that every event is among them.
    events: ['invoice.*'],
    target: new LambdaFunction(stack, 'Function', {
      runtime: Runtime.NODEJS_24_X,
      handler: 'index.handler',
      code: Code.fromInline('exports.handler = async () => {};'),
      logGroup: new LogGroup(stack, 'Logs', { retention: RetentionDays.ONE_MONTH }),
    }),
  });
}
