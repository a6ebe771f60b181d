import { EventBus } from 'aws-cdk-lib/aws-events';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { STRIPE_SOURCE } from '#shared/event/bus-entry.ts';
import type { EventPattern } from '#shared/patterns/event-pattern.ts';
import { allow } from '../constructs/allow.ts';
import { DeadLetteredTarget } from './dead-lettered-target.ts';
import type { StripeFanoutBus } from './stripe-fanout-bus.ts';
import { SubscriptionRule } from './subscription-rule.ts';

export interface ForwardingBusProps {
  readonly from: StripeFanoutBus;
  readonly ruleName: string;
  readonly description: string;
  readonly pattern: EventPattern;
  readonly deadLetterQueue: IQueue;
}

/**
 * A bus of the subscriber's own account, and the rule on the pipeline's that fills it. That rule is made from here: the
 * pipeline's bus lets accounts of its organization make rules, and takes nothing but a bus as the target of such a rule.
 */
export class ForwardingBus extends Construct {
  readonly bus: EventBus;
  readonly busName: string;
  /** What an event must look like to have come over this way, and not from somebody in this account. */
  readonly arrived: EventPattern;
  private readonly props: ForwardingBusProps;

  constructor(scope: Construct, id: string, props: ForwardingBusProps) {
    super(scope, id);
    this.props = props;
    const { from, ruleName } = props;
    this.busName = `${from.busName}-${ruleName}`;
    this.bus = new EventBus(this, 'Bus', {
      eventBusName: this.busName,
      description: `Stripe events from ${from.busName} of account ${from.account}.`,
    });
    this.arrived = { source: [STRIPE_SOURCE], account: [from.account] };
  }

  /** Makes the rule that fills the bus, after all that it needs: what came before would find nobody. */
  fillAfter(...ready: readonly Construct[]): void {
    const { from, ruleName, description, pattern, deadLetterQueue } = this.props;
    const role = new Role(this, 'Role', {
      assumedBy: new ServicePrincipal('events.amazonaws.com'),
      description: `What EventBridge may do to forward Stripe events from ${from.busName}.`,
    });
    role.addToPolicy(allow('FillOwnBus', ['events:PutEvents'], [this.bus.eventBusArn]));
    const { rule } = new SubscriptionRule(this, 'Forward', {
      busArn: from.busArn,
      ruleName,
      description,
      pattern,
      target: new DeadLetteredTarget({ arn: this.bus.eventBusArn, deadLetterArn: deadLetterQueue.queueArn, role }),
      // Making a rule is allowed across accounts, tagging it is not.
      isTagged: false,
    });
    rule.node.addDependency(role, ...ready);
  }
}
