import { Duration } from 'aws-cdk-lib';
import { Alarm, ComparisonOperator, type IMetric, Metric, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { AlarmKind } from '../operations/alarm-kinds.ts';
import { SUBSCRIPTION_ALARM_KINDS, type SubscriptionAlarmKind } from './subscription-alarm-kinds.ts';

export interface SubscriptionAlarmsProps {
  /** What alarms are named after. */
  readonly name: string;
  readonly owner: string;
  readonly deadLetterQueues: readonly IQueue[];
  /** @default none: nothing waits here */
  readonly queue?: { readonly queue: IQueue; readonly lateAfter: Duration };
  /** The rule that delivers, with the bus that it is on. @default none: it is in another account */
  readonly rule?: { readonly busName: string; readonly ruleName: string };
  /** Who hears of it. @default nobody */
  readonly topic?: ITopic;
  readonly runbooks: string;
}

const PERIOD = Duration.minutes(5);

/** An alarm for each way in which a subscription fails, each with its runbook. None fires on a quiet subscription. */
export class SubscriptionAlarms extends Construct {
  private readonly props: SubscriptionAlarmsProps;

  constructor(scope: Construct, id: string, props: SubscriptionAlarmsProps) {
    super(scope, id);
    this.props = props;
    const { deadLetterQueues, queue, rule } = props;
    for (const [index, letters] of deadLetterQueues.entries()) {
      const metric = letters.metricApproximateNumberOfMessagesVisible({ statistic: 'Maximum', period: PERIOD });
      this.add('subscription-dead-letters', index === 0 ? 'DeadLetters' : 'FifoDeadLetters', metric, 0);
    }
    if (queue !== undefined) {
      const age = queue.queue.metricApproximateAgeOfOldestMessage({ statistic: 'Maximum', period: PERIOD });
      this.add('subscription-late', 'Late', age, queue.lateAfter.toSeconds());
    }
    if (rule !== undefined) {
      const lost = new Metric({
        namespace: 'AWS/Events',
        metricName: 'InvocationsFailedToBeSentToDlq',
        dimensionsMap: { EventBusName: rule.busName, RuleName: rule.ruleName },
        statistic: 'Sum',
        period: PERIOD,
      });
      this.add('subscription-loses-events', 'LosesEvents', lost, 0);
    }
  }

  private add(kind: SubscriptionAlarmKind, id: string, metric: IMetric, threshold: number): void {
    const { name, owner, runbooks, topic } = this.props;
    const text: AlarmKind = SUBSCRIPTION_ALARM_KINDS[kind];
    const about = (sentence: string) => sentence.replaceAll('{}', name);
    const ending = id.startsWith('Fifo') ? '-fifo' : '';
    const alarm = new Alarm(this, id, {
      alarmName: `${about(text.name)}${ending}`,
      alarmDescription: `[${text.severity}] ${about(text.means)} ${about(text.act)} Owner: ${owner}. Runbook: ${runbooks}/${kind}.md`,
      metric,
      threshold,
      comparisonOperator: ComparisonOperator.GREATER_THAN_THRESHOLD,
      evaluationPeriods: 1,
      treatMissingData: TreatMissingData.NOT_BREACHING,
    });
    if (topic === undefined) return;
    alarm.addAlarmAction(new SnsAction(topic));
    alarm.addOkAction(new SnsAction(topic));
  }
}
