import { Duration } from 'aws-cdk-lib';
import {
  AlarmStatusWidget,
  Color,
  Dashboard,
  GraphWidget,
  type IAlarm,
  type IMetric,
  type IWidget,
  LogQueryWidget,
  MathExpression,
  SingleValueWidget,
  TextWidget,
} from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import * as names from '#shared/naming/resource-names.ts';
import { METRIC_NAMESPACE } from '#shared/telemetry/metric-dimensions.ts';
import { FAILURES_QUERY, UNRECOGNIZED_TYPES_QUERY } from '../operations/log-queries.ts';
import { apiMetric, queueMetric } from '../operations/metrics.ts';
import { UNIT_PRICES } from '../operations/unit-prices.ts';

export interface OperationsDashboardProps {
  readonly stage: string;
  readonly apiId: string;
  /** Whether there is a lane on which Stripe waits for decisions. */
  readonly decides: boolean;
  /** Names of Stripe's partner event buses. */
  readonly partnerSources: readonly string[];
  readonly queueOwners: readonly names.QueueOwner[];
  readonly functionNames: readonly string[];
  /** The overall ones first. */
  readonly alarms: readonly IAlarm[];
  /** Seconds after which a message is late. */
  readonly lateAfter: number;
  readonly runbooks: string;
}

type Group = 'destination' | 'domain';

/** The pipeline from left to right: what comes in, what goes over the bus, what waits, what was handled, how late. */
export class OperationsDashboard extends Construct {
  private readonly props: OperationsDashboardProps;

  constructor(scope: Construct, id: string, props: OperationsDashboardProps) {
    super(scope, id);
    this.props = props;
    new Dashboard(this, 'Dashboard', {
      dashboardName: names.stageName(props.stage),
      defaultInterval: Duration.hours(12),
      widgets: [
        this.alarmRow(),
        this.arrivalRow(),
        this.queueRow(),
        this.latencyRow(),
        ...(props.decides ? [this.decisionRow()] : []),
        this.lookRow(),
      ],
    });
  }

  private alarmRow(): IWidget[] {
    const { stage, alarms, runbooks } = this.props;
    const markdown = `# ${names.stageName(stage)}\nStripe → ingress → bus → queue → handler, from left to right.\n\nRunbooks: ${runbooks}/README.md`;
    return [
      new TextWidget({ markdown, width: 6, height: 6 }),
      new AlarmStatusWidget({ title: 'Alarms', alarms: [...alarms], width: 18, height: 6 }),
    ];
  }

  private arrivalRow(): IWidget[] {
    const { stage, apiId, partnerSources } = this.props;
    return [
      graph('1 Stripe: requests and answers', [
        apiMetric(apiId, 'Count'),
        apiMetric(apiId, '4xx'),
        apiMetric(apiId, '5xx'),
        ...(partnerSources.length > 0 ? [this.rules('MatchedEvents', partnerSources, 'Partner buses')] : []),
      ]),
      graph(
        '2 Ingress: what became of them',
        ['Accepted', 'Duplicate', 'Ignored', 'InFlight', 'Refused', 'Unavailable'].map((name) =>
          this.total(name, 'destination'),
        ),
      ),
      graph('3 Bus: matched, and not delivered', [
        this.rules('MatchedEvents'),
        this.rules('FailedInvocations'),
        this.rules('InvocationsSentToDlq'),
        this.rules('InvocationsFailedToBeSentToDlq'),
      ]),
      new SingleValueWidget({
        title: `Estimated cost of the day ($, ${stage})`,
        metrics: [this.costOfTheDay()],
        period: Duration.days(1),
        setPeriodToTimeRange: false,
        width: 6,
        height: 6,
      }),
    ];
  }

  private queueRow(): IWidget[] {
    const { stage, queueOwners, lateAfter } = this.props;
    return [
      new GraphWidget({
        title: '4 Queues: age of the oldest message (s)',
        left: queueOwners.map((owner) =>
          queueMetric(names.queueName(stage, owner), 'ApproximateAgeOfOldestMessage', owner),
        ),
        leftAnnotations: [{ value: lateAfter, label: 'late', color: Color.RED }],
        width: 6,
        height: 6,
      }),
      graph('5 Handlers: handled, by domain', [this.each('Handled', 'domain')]),
      graph('6 Handlers: failed tries and parked, by domain', [
        this.each('Failed', 'domain'),
        this.each('Parked', 'domain'),
      ]),
      graph('7 DLQs: messages', [
        ...queueOwners.map((owner) =>
          queueMetric(names.deadLetterQueueName(stage, owner), 'ApproximateNumberOfMessagesVisible', owner),
        ),
        queueMetric(names.busDeadLetterQueueName(stage), 'ApproximateNumberOfMessagesVisible', 'bus'),
      ]),
    ];
  }

  private latencyRow(): IWidget[] {
    const percentiles = ['p50', 'p95', 'p99'];
    return [
      ...percentiles.map((statistic) =>
        graph(`Created to handled, ${statistic} (ms), by domain`, [
          this.each('CreatedToHandledMs', 'domain', statistic),
        ]),
      ),
      graph(
        'Created to accepted (ms)',
        percentiles.map((statistic) => this.each('CreatedToAcceptedMs', 'destination', statistic)),
      ),
    ];
  }

  private decisionRow(): IWidget[] {
    const counts = ['Approved', 'Declined', 'FellBack', 'CopyMissed'];
    return [
      graph(
        'Cards: what Stripe was told',
        counts.map((name) => this.total(name, 'destination')),
      ),
      graph(
        'Cards: arrival to answer (ms)',
        ['p50', 'p95', 'p99'].map((statistic) => this.each('AnsweredAfterMs', 'destination', statistic)),
      ),
    ];
  }

  private lookRow(): IWidget[] {
    const logGroupNames = this.props.functionNames.map((name) => `/aws/lambda/${name}`);
    const table = (title: string, queryString: string) =>
      new LogQueryWidget({ title, logGroupNames, queryString, width: 12, height: 6 });
    return [
      table('What failed and how often', FAILURES_QUERY),
      table('Types that no rule covers', UNRECOGNIZED_TYPES_QUERY),
    ];
  }

  /** One of our metrics for each destination or domain that has data. */
  private each(name: string, by: Group, statistic = 'Sum'): IMetric {
    return new MathExpression({ expression: this.search(name, by, statistic), usingMetrics: {}, label: `${name} ` });
  }

  private total(name: string, by: Group, period?: Duration): IMetric {
    return new MathExpression({
      expression: `SUM(${this.search(name, by, 'Sum', period)})`,
      usingMetrics: {},
      label: name,
      ...(period !== undefined && { period }),
    });
  }

  private search(name: string, by: Group, statistic: string, period = Duration.minutes(5)): string {
    const query = `{${METRIC_NAMESPACE},${by},service,stage} MetricName="${name}" stage="${this.props.stage}"`;
    return `SEARCH('${query}', '${statistic}', ${period.toSeconds()})`;
  }

  private rules(name: string, buses: readonly string[] = [names.busName(this.props.stage)], label = name): IMetric {
    const any = buses.map((bus) => `"${bus}"`).join(' OR ');
    const query = `{AWS/Events,EventBusName,RuleName} MetricName="${name}" EventBusName=(${any})`;
    return new MathExpression({ expression: `SUM(SEARCH('${query}', 'Sum', 300))`, usingMetrics: {}, label });
  }

  private costOfTheDay(): IMetric {
    const day = Duration.days(1);
    const { request, accepted, handled } = UNIT_PRICES;
    return new MathExpression({
      expression: `requests * ${request} + accepted * ${accepted} + handled * ${handled}`,
      usingMetrics: {
        requests: apiMetric(this.props.apiId, 'Count'),
        accepted: this.total('Accepted', 'destination', day),
        handled: this.total('Handled', 'domain', day),
      },
      period: day,
      label: 'API, functions, ledger, bus, queues, logs',
    });
  }
}

function graph(title: string, left: IMetric[]): GraphWidget {
  return new GraphWidget({ title, left, width: 6, height: 6 });
}
