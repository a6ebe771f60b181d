import { App, Duration, type Environment, Stack } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import { Code, Function as LambdaFunction, Runtime } from 'aws-cdk-lib/aws-lambda';
import { StripeEventSubscription } from '#infra/subscribe/stripe-event-subscription.ts';
import { StripeFanoutBus } from '#infra/subscribe/stripe-fanout-bus.ts';
import type { StripeEventSubscriptionProps } from '#infra/subscribe/subscription-props.ts';

export const PIPELINE_ACCOUNT = '111122223333';
export const TEAM_ACCOUNT = '444455556666';
export const BUS_ARN = `arn:aws:events:eu-west-1:${PIPELINE_ACCOUNT}:event-bus/stripe-fanout-prod`;

/** Another team's app, in the pipeline's account unless another one is named. */
export class TeamApp {
  readonly stack: Stack;
  readonly handler: LambdaFunction;
  readonly bus: StripeFanoutBus;

  constructor(env: Environment = {}) {
    this.stack = new Stack(new App({ context: { '@aws-cdk/core:enablePartitionLiterals': true } }), 'Dunning', {
      env: { account: PIPELINE_ACCOUNT, region: 'eu-west-1', ...env },
    });
    this.handler = this.addHandler('Handler', 20);
    this.bus = StripeFanoutBus.fromArn(this.stack, BUS_ARN.replace('eu-west-1', this.stack.region));
  }

  addHandler(id: string, timeoutSeconds: number): LambdaFunction {
    return new LambdaFunction(this.stack, id, {
      runtime: Runtime.NODEJS_24_X,
      handler: 'index.handler',
      code: Code.fromInline('exports.handler = () => {};'),
      timeout: Duration.seconds(timeoutSeconds),
    });
  }

  /** Subscribes as the five lines of the README do, but for what is said otherwise. */
  subscribe(props: Partial<StripeEventSubscriptionProps> = {}, id = 'FailedPayments'): StripeEventSubscription {
    return new StripeEventSubscription(this.stack, id, {
      bus: this.bus,
      events: ['invoice.payment_failed'],
      target: this.handler,
      ...props,
    });
  }

  template(): Template {
    return Template.fromStack(this.stack);
  }

  /** What synthesis says to a person, by level. */
  said(level: 'Warning' | 'Info'): string[] {
    const annotations = Annotations.fromStack(this.stack);
    const found =
      level === 'Warning'
        ? annotations.findWarning('*', Match.anyValue())
        : annotations.findInfo('*', Match.anyValue());
    return found.map(({ entry }) => String(entry.data));
  }
}

/** A construct as the interface that it implements: CDK's own declarations do not pass exactOptionalPropertyTypes. */
export function cdk<Interface>(
  construct: { readonly [Key in keyof Interface]: Interface[Key] | undefined },
): Interface {
  return construct as Interface;
}

/** The names of the other account's parts in the policies of a direct subscription, as a team's own stack has them. */
export function namesInDirectPolicies(stage: string, name: string, region: string) {
  const team = new TeamApp({ account: TEAM_ACCOUNT, region });
  const bus = `arn:aws:events:${region}:${PIPELINE_ACCOUNT}:event-bus/stripe-fanout-${stage}`;
  team.subscribe({ bus: StripeFanoutBus.fromArn(team.stack, bus), via: 'direct', name });
  const template = JSON.stringify(team.template().toJSON());
  return {
    roleName: /:role\/([^"]+)"/.exec(template)?.[1] ?? 'none',
    ruleName: /:rule\/[^/]+\/([^"]+)"/.exec(template)?.[1] ?? 'none',
    queueName: /"QueueName":"((?:(?!-dlq)[^"])+)"/.exec(template)?.[1] ?? 'none',
  };
}
