import { Annotations, CfnOutput, Stack, Tags, Token } from 'aws-cdk-lib';
import type { Rule } from 'aws-cdk-lib/aws-events';
import { Construct } from 'constructs';
import { OWNER_TAG } from '#shared/naming/owner-tag.ts';
import { directSubscriberName } from '#shared/naming/resource-names.ts';
import type { EventPattern } from '#shared/patterns/event-pattern.ts';
import { checkSubscription } from './check-subscription.ts';
import { configRow } from './config-row.ts';
import { awaitDirect, type Connection, connect, type OwnRule } from './connect.ts';
import { type Delivery, deliveryTo } from './delivery.ts';
import { lateAfterOf } from './late-after.ts';
import { awsReplayCommand, fanoutReplayCommand } from './replay-command.ts';
import { routeOf } from './route-to-subscriber.ts';
import { ruleNameOf } from './rule-name-of.ts';
import { SubscriptionAlarms } from './subscription-alarms.ts';
import { subscriptionPattern, type WantedEvents } from './subscription-pattern.ts';
import type { StripeEventSubscriptionProps } from './subscription-props.ts';

/**
 * A team's subscription to Stripe events: the rule, the queue before a function, the DLQs, all policies and alarms.
 * What would not work, or not as meant, is said before anything is deployed.
 */
export class StripeEventSubscription extends Construct {
  /** Name of the rule on the pipeline's bus: what a replay is aimed at. */
  readonly ruleName: string;
  readonly pattern: EventPattern;
  /** The rule that delivers; of a bus of another account, the one on the own bus before it. With `via: 'direct'` none. */
  readonly rule: Rule | undefined;
  /** The queues behind the rule. */
  readonly delivery: Delivery;
  readonly owner: string;

  /** @throws {InvalidSubscription} naming every problem */
  constructor(scope: Construct, id: string, props: StripeEventSubscriptionProps) {
    super(scope, id);
    const wanted = wantedOf(props);
    checkSubscription(this, props, wanted);

    const { bus, name, transform, startFrom } = props;
    const route = routeOf(this, props);
    const direct = route === 'direct' ? name : undefined;
    const sharedName = direct === undefined ? undefined : directSubscriberName(bus.stage, direct);
    this.owner = props.owner ?? Stack.of(this).stackName;
    this.pattern = subscriptionPattern(wanted);
    this.ruleName = sharedName ?? name ?? ruleNameOf(this);
    this.delivery = deliveryTo(this, props, sharedName);

    const connection: Connection = {
      ...{ bus, ruleName: this.ruleName, pattern: this.pattern, delivery: this.delivery },
      description: `Stripe events for ${this.owner}: ${this.node.path}`.slice(0, 512),
      ...(transform && { transform }),
    };
    const own = direct === undefined ? connect(this, route, connection) : undefined;
    this.rule = own?.rule;
    this.addAlarms(props, own);
    if (direct !== undefined) {
      awaitDirect(this, connection, direct);
      this.say('ConfigRow', configRow({ ...props, ...wanted }, Stack.of(this).account, this.owner), CONFIG_ROW);
    }
    if (startFrom !== undefined) {
      this.say('ReplayCommand', awsReplayCommand(bus, this.ruleName, startFrom), REPLAY);
      Annotations.of(this).addInfo(`${REPLAY} ${fanoutReplayCommand(bus.stage, this.ruleName, startFrom)}`);
    }
    Tags.of(this).add(OWNER_TAG, this.owner);
  }

  private addAlarms(props: StripeEventSubscriptionProps, own: OwnRule | undefined): void {
    const { queue, deadLetterQueues } = this.delivery;
    const { lateAfter, alarmTopic, runbooks = 'docs/runbooks' } = props;
    new SubscriptionAlarms(this, 'Alarms', {
      name: this.ruleName,
      owner: this.owner,
      deadLetterQueues,
      ...(queue && { queue: { queue, lateAfter: lateAfter ?? lateAfterOf(queue) } }),
      ...(own && { rule: { busName: own.busName, ruleName: this.ruleName } }),
      ...(alarmTopic && { topic: alarmTopic }),
      runbooks: runbooks.replace(/\/$/, ''),
    });
  }

  /** Says something that a person has to do: now, if it is all text, and when it is deployed. */
  private say(output: string, value: string, why: string): void {
    new CfnOutput(this, output, { value, description: why });
    if (!Token.isUnresolved(value)) Annotations.of(this).addInfo(`${why} ${value}`);
  }
}

const CONFIG_ROW = 'For the owners of the pipeline, to add to subscribers in infra/config.ts:';
const REPLAY = 'Once this is deployed, what it missed comes with:';

function wantedOf({ events, where, replay, startFrom }: StripeEventSubscriptionProps): WantedEvents {
  return {
    events,
    replay: replay ?? (startFrom === undefined ? 'ignore' : 'both'),
    ...(where !== undefined && { where }),
  };
}
