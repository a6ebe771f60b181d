import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DeliveryCheckEnvironment } from '#shared/environment/delivery-check-environment.ts';

interface Resource {
  readonly Type: string;
  readonly Properties?: Readonly<Record<string, unknown>>;
}

/** What of the synthesized templates costs money, and what its price depends on. */
export interface Inventory {
  /** MB of memory by function name. */
  readonly functions: Readonly<Record<string, number>>;
  /** Whether the ingress begins traces. */
  readonly startsTraces: boolean;
  /** Queues that Lambda polls, all the time. */
  readonly polledQueues: number;
  readonly rules: number;
  readonly archiveDays: number;
  readonly secrets: number;
  /** Metrics that alarms look at: an alarm on a formula or a query looks at several. */
  readonly alarmMetrics: number;
  readonly compositeAlarms: number;
  readonly dashboards: number;
  readonly kmsKeys: number;
  /** Invocations a month that no event causes. */
  readonly scheduledInvocations: number;
  /** Those of them that are runs of the delivery check, which reads metrics. */
  readonly deliveryChecks: number;
  /** How that check is configured; undefined where there is none. */
  readonly deliveryCheck: DeliveryCheckEnvironment | undefined;
}

/** Types that cost nothing by themselves: what they do is billed elsewhere, by use. */
const FREE: ReadonlySet<string> = new Set([
  'AWS::ApiGatewayV2::Api',
  'AWS::ApiGatewayV2::Integration',
  'AWS::ApiGatewayV2::Route',
  'AWS::ApiGatewayV2::Stage',
  'AWS::CDK::Metadata',
  'AWS::DynamoDB::GlobalTable',
  'AWS::Events::EventBus',
  'AWS::Events::EventBusPolicy',
  'AWS::IAM::ManagedPolicy',
  'AWS::IAM::Policy',
  'AWS::IAM::Role',
  'AWS::KMS::Alias',
  'AWS::Lambda::Permission',
  'AWS::Logs::LogGroup',
  'AWS::Logs::QueryDefinition',
  'AWS::S3::Bucket',
  'AWS::S3::BucketPolicy',
  'AWS::SNS::Subscription',
  'AWS::SNS::Topic',
  'AWS::SNS::TopicPolicy',
  'AWS::SQS::Queue',
  'AWS::SQS::QueuePolicy',
  'AWS::SSM::Document',
  'AWS::Scheduler::ScheduleGroup',
]);

const MINUTES_A_MONTH = 30 * 24 * 60;

/**
 * Reads the templates that `cdk synth` wrote.
 * @throws {Error} a resource type that nobody has decided the price of
 */
export function readInventory(assembly: string): Inventory {
  const resources = globSync('*.template.json', { cwd: assembly }).flatMap((name): Resource[] =>
    Object.values(JSON.parse(readFileSync(join(assembly, name), 'utf8')).Resources),
  );
  if (resources.length === 0) throw new Error(`There are no templates in ${assembly}: run npm run synth first.`);
  const byType = Map.groupBy(resources, ({ Type }) => Type);
  const of = (type: string) => (byType.get(type) ?? []).map(({ Properties }) => Properties ?? {});
  const priced = {
    'AWS::CloudWatch::Alarm': of('AWS::CloudWatch::Alarm'),
    'AWS::CloudWatch::CompositeAlarm': of('AWS::CloudWatch::CompositeAlarm'),
    'AWS::CloudWatch::Dashboard': of('AWS::CloudWatch::Dashboard'),
    'AWS::Events::Archive': of('AWS::Events::Archive'),
    'AWS::Events::Rule': of('AWS::Events::Rule'),
    'AWS::KMS::Key': of('AWS::KMS::Key'),
    'AWS::Lambda::EventSourceMapping': of('AWS::Lambda::EventSourceMapping'),
    'AWS::Lambda::Function': of('AWS::Lambda::Function'),
    'AWS::Scheduler::Schedule': of('AWS::Scheduler::Schedule'),
    'AWS::SecretsManager::Secret': of('AWS::SecretsManager::Secret'),
  };
  const unknown = [...byType.keys()].filter((type) => !FREE.has(type) && !Object.hasOwn(priced, type));
  if (unknown.length > 0) {
    throw new Error(
      `Nobody has decided what ${unknown.join(', ')} costs: price it in bench/cost/, or list it as free.`,
    );
  }

  const rules = priced['AWS::Events::Rule'];
  const schedules = [...rules, ...priced['AWS::Scheduler::Schedule']];
  return {
    functions: Object.fromEntries(
      priced['AWS::Lambda::Function'].map(({ FunctionName, MemorySize }) => [
        String(FunctionName),
        Number(MemorySize ?? 128),
      ]),
    ),
    startsTraces: priced['AWS::Lambda::Function'].some(({ TracingConfig }) =>
      JSON.stringify(TracingConfig ?? {}).includes('Active'),
    ),
    polledQueues: priced['AWS::Lambda::EventSourceMapping'].length,
    rules: rules.length,
    archiveDays: Math.max(0, ...priced['AWS::Events::Archive'].map(({ RetentionDays }) => Number(RetentionDays))),
    secrets: priced['AWS::SecretsManager::Secret'].length,
    alarmMetrics: priced['AWS::CloudWatch::Alarm'].reduce((sum, alarm) => sum + metricsOf(alarm), 0),
    compositeAlarms: priced['AWS::CloudWatch::CompositeAlarm'].length,
    dashboards: priced['AWS::CloudWatch::Dashboard'].length,
    kmsKeys: priced['AWS::KMS::Key'].length,
    scheduledInvocations: invocationsOf(schedules),
    deliveryChecks: invocationsOf(schedules.filter(({ Name }) => isDeliveryCheck(Name))),
    deliveryCheck: priced['AWS::Lambda::Function']
      .filter(({ FunctionName }) => isDeliveryCheck(FunctionName))
      .map(({ Environment }) => (Environment as { Variables: DeliveryCheckEnvironment }).Variables)
      .at(0),
  };
}

function isDeliveryCheck(name: unknown): boolean {
  return String(name).endsWith('-delivery-check');
}

/** An alarm on formulas is billed for each metric they use; a query counts as one metric. */
function metricsOf({ Metrics }: Readonly<Record<string, unknown>>): number {
  if (!Array.isArray(Metrics)) return 1;
  const queried = Metrics.filter(
    ({ MetricStat, Expression }) => MetricStat !== undefined || /^SELECT/i.test(Expression),
  );
  return Math.max(1, queried.length);
}

function invocationsOf(schedules: readonly Readonly<Record<string, unknown>>[]): number {
  return schedules.reduce((sum, { ScheduleExpression }) => sum + timesAMonth(ScheduleExpression), 0);
}

function timesAMonth(expression: unknown): number {
  if (expression === undefined) return 0;
  const [, count, unit] = /^rate\((\d+) (minute|hour|day)s?\)$/.exec(String(expression)) ?? [];
  const minutes = { minute: 1, hour: 60, day: 1440 }[unit ?? ''];
  if (minutes === undefined) throw new Error(`The schedule ${String(expression)} is not of the form rate(5 minutes).`);
  return MINUTES_A_MONTH / (Number(count) * minutes);
}
