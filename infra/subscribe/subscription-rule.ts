import { CfnRule, EventBus, Rule } from 'aws-cdk-lib/aws-events';
import { Construct } from 'constructs';
import { STRIPE_SOURCE } from '#shared/event/bus-entry.ts';
import type { EventPattern } from '#shared/patterns/event-pattern.ts';
import type { DeadLetteredTarget } from './dead-lettered-target.ts';

export interface SubscriptionRuleProps {
  readonly busArn: string;
  readonly ruleName: string;
  readonly description: string;
  readonly pattern: EventPattern;
  readonly target: DeadLetteredTarget;
  /** @default true */
  readonly isTagged?: boolean;
}

/** A rule with exactly the pattern that was checked: the CDK's own patterns know neither `replay-name` nor all operators. */
export class SubscriptionRule extends Construct {
  readonly rule: Rule;

  constructor(scope: Construct, id: string, props: SubscriptionRuleProps) {
    super(scope, id);
    const { busArn, ruleName, description, pattern, target, isTagged = true } = props;
    this.rule = new Rule(this, 'Rule', {
      eventBus: EventBus.fromEventBusArn(this, 'Bus', busArn),
      ruleName,
      description,
      eventPattern: { source: [STRIPE_SOURCE] },
      targets: [target],
    });
    const { defaultChild } = this.rule.node;
    if (!(defaultChild instanceof CfnRule)) throw new Error(`${this.rule.node.path} has no AWS::Events::Rule.`);
    defaultChild.eventPattern = pattern;
    // A bus of another account is found by its ARN only.
    defaultChild.eventBusName = busArn;
    if (!isTagged) defaultChild.addPropertyDeletionOverride('Tags');
  }
}
