import { CfnRule, type IEventBus } from 'aws-cdk-lib/aws-events';
import { Construct } from 'constructs';
import type { EventPattern } from '#shared/patterns/event-pattern.ts';
import type { DomainQueue } from './domain-queue.ts';

export interface EventRuleProps {
  readonly bus: Pick<IEventBus, 'eventBusName'>;
  readonly ruleName: string;
  readonly description: string;
  /** Given to CloudFormation as it is: the same object that tests and the local runtime match with. */
  readonly pattern: EventPattern;
  /**
   * Where matching events go, and, to its DLQ, those that could not be delivered.
   * @default none: EventBridge counts the events, and the archive has them
   */
  readonly target?: DomainQueue;
}

/**
 * One rule and its one target. An L1 rule on purpose: CDK's `SqsQueue` target writes a queue-policy statement per rule,
 * which overruns the policy's quota, and its `EventPattern` is not the vendor's.
 */
export class EventRule extends Construct {
  readonly rule: CfnRule;

  constructor(scope: Construct, id: string, props: EventRuleProps) {
    super(scope, id);
    this.rule = new CfnRule(this, 'Rule', {
      name: props.ruleName,
      description: props.description,
      eventBusName: props.bus.eventBusName,
      eventPattern: props.pattern,
      state: 'ENABLED',
      ...(props.target !== undefined && { targets: [toQueue(props.target)] }),
    });
  }

  /** Deploys after these rules, so that an event which moves from this rule to one of them never meets a gap. */
  deployAfter(rules: readonly EventRule[]): void {
    for (const { rule } of rules) this.rule.addResourceDependency(rule);
  }
}

function toQueue({ queue, deadLetterQueue }: DomainQueue): CfnRule.TargetProperty {
  return {
    id: 'Queue',
    arn: queue.queueArn,
    deadLetterConfig: { arn: deadLetterQueue.queueArn },
    // EventBridge's most, and its default; stated so that the promise stands in the template.
    retryPolicy: { maximumEventAgeInSeconds: 24 * 60 * 60, maximumRetryAttempts: 185 },
  };
}
