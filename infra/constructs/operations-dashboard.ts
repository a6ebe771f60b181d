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
import { reconcilerDimensions, refreshDimensions, resolverDimensions } from '#shared/telemetry/metric-dimensions.ts';
import { FAILURES_QUERY, UNRECOGNIZED_TYPES_QUERY } from '../operations/log-queries.ts';
import { apiMetric, ourMetric, queueMetric } from '../operations/metrics.ts';
import { eachOf, overRules, totalOf } from '../operations/searches.ts';
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

const PERCENTILES = ['p50', 'p95', 'p99'] as const;

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
        this.resolverRow(),
        this.queueRow(),
        this.latencyRow(),
        this.reconcilerRow(),
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
    const bus = [names.busName(stage)];
    return [
      graph('1 Stripe: requests and answers', [
        apiMetric(apiId, 'Count'),
        apiMetric(apiId, '4xx'),
        apiMetric(apiId, '5xx'),
        ...(partnerSources.length > 0 ? [overRules('MatchedEvents', partnerSources, 'Partner buses')] : []),
      ]),
      graph(
        '2 Ingress: what became of them',
        ['Accepted', 'Duplicate', 'Ignored', 'InFlight', 'Refused', 'Unavailable'].map((name) =>
          totalOf(stage, name, 'destination'),
        ),
      ),
      graph('3 Bus: matched, and not delivered', [
        overRules('MatchedEvents', bus),
        overRules('FailedInvocations', bus),
        overRules('InvocationsSentToDlq', bus),
        overRules('InvocationsFailedToBeSentToDlq', bus),
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

  /** What thin events pass before they come to a domain's queue. */
  private resolverRow(): IWidget[] {
    const { stage, functionNames } = this.props;
    if (!functionNames.includes(names.resolverName(stage))) return [];
    const resolver = (name: string, statistic = 'Sum') => ourMetric(name, resolverDimensions(stage), statistic);
    return [
      graph(
        '3a Resolver: what became of notifications',
        ['Resolved', 'ResolveDuplicate', 'TwinSkipped', 'ObjectMissing', 'Failed', 'Parked'].map((name) =>
          resolver(name),
        ),
      ),
      graph('3b Resolver: requests to Stripe, and present states', [
        ...['StripeRequests', 'StripeRefusals', 'Coalesced'].map((name) => resolver(name)),
        ...['StateFetched', 'StateKnown', 'StateWithoutKey'].map((name) => ourMetric(name, refreshDimensions(stage))),
      ]),
      graph(
        '3c Resolver: waits for its turn at Stripe (ms)',
        PERCENTILES.map((statistic) => resolver('StripeWaitMs', statistic)),
      ),
      graph(
        'Created to resolved (ms)',
        PERCENTILES.map((statistic) => resolver('CreatedToResolvedMs', statistic)),
      ),
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
      graph('5 Handlers: handled, by domain', [eachOf(stage, 'Handled', 'domain')]),
      graph('6 Handlers: failed tries and parked, by domain', [
        eachOf(stage, 'Failed', 'domain'),
        eachOf(stage, 'Parked', 'domain'),
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
    const { stage } = this.props;
    return [
      ...PERCENTILES.map((statistic) =>
        graph(`Created to handled, ${statistic} (ms), by domain`, [
          eachOf(stage, 'CreatedToHandledMs', 'domain', statistic),
        ]),
      ),
      graph(
        'Created to accepted (ms)',
        PERCENTILES.map((statistic) => eachOf(stage, 'CreatedToAcceptedMs', 'destination', statistic)),
      ),
    ];
  }

  /** What should have come and had not. */
  private reconcilerRow(): IWidget[] {
    const reconciler = (name: string) => ourMetric(name, reconcilerDimensions(this.props.stage));
    return [
      graph(
        'Reconciler: events that were missing, and published by it',
        ['GapFound', 'Accepted', 'OtherApiVersion'].map((name) => reconciler(name)),
      ),
      graph('Reconciler: requests to Stripe', [reconciler('StripeRequests')]),
    ];
  }

  private decisionRow(): IWidget[] {
    const { stage } = this.props;
    const counts = ['Approved', 'Declined', 'FellBack', 'CopyMissed'];
    return [
      graph(
        'Cards: what Stripe was told',
        counts.map((name) => totalOf(stage, name, 'destination')),
      ),
      graph(
        'Cards: arrival to answer (ms)',
        PERCENTILES.map((statistic) => eachOf(stage, 'AnsweredAfterMs', 'destination', statistic)),
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

  private costOfTheDay(): IMetric {
    const { stage, apiId } = this.props;
    const day = Duration.days(1);
    const { request, accepted, handled } = UNIT_PRICES;
    return new MathExpression({
      expression: `requests * ${request} + accepted * ${accepted} + handled * ${handled}`,
      usingMetrics: {
        requests: apiMetric(apiId, 'Count'),
        accepted: totalOf(stage, 'Accepted', 'destination', day),
        handled: totalOf(stage, 'Handled', 'domain', day),
      },
      period: day,
      label: 'API, functions, ledger, bus, queues, logs',
    });
  }
}

function graph(title: string, left: IMetric[]): GraphWidget {
  return new GraphWidget({ title, left, width: 6, height: 6 });
}
