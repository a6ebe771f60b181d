import type { DeliveryCheckEnvironment } from '#shared/environment/delivery-check-environment.ts';
import type { HandlerEnvironment } from '#shared/environment/handler-environment.ts';
import {
  handlerConcurrenciesOf,
  metricsOf,
  nameOf,
  payloadDaysOf,
  provisionedMbOf,
  requestsPerSecondOf,
  type Template,
  timesAMonth,
  variablesOf,
} from './template-facts.ts';
import { FREE, UNPRICED } from './unbilled-types.ts';

/** What of the synthesized templates costs money, and what its price depends on. */
export interface Inventory {
  /** MB of memory by the function's service name: `ingress`, `handler-billing`. */
  readonly functions: Readonly<Record<string, number>>;
  /** MB of memory that instances of functions take while they wait for requests. */
  readonly provisionedMb: number;
  /** Whether the ingress begins traces. */
  readonly startsTraces: boolean;
  /** Queues that Lambda polls, all the time. */
  readonly polledQueues: number;
  /** Most invocations at once of the handler that may have the fewest. */
  readonly handlerConcurrency: number;
  /** Requests a second that the API takes over a longer time. */
  readonly requestsPerSecond: number;
  readonly rules: number;
  readonly archiveDays: number;
  readonly logDays: number;
  /** Days for which an event that is too large for the bus stays in the bucket. */
  readonly payloadDays: number;
  /** KB of an event above which it is. */
  readonly inlineLimitKb: number;
  /** Shares of the handlers, 0 to 1: that keep their objects, and that ask for each object's present state. */
  readonly projecting: number;
  readonly refreshing: number;
  readonly secrets: number;
  /** Metrics that alarms look at: an alarm on a formula or a query looks at several. */
  readonly alarmMetrics: number;
  readonly compositeAlarms: number;
  readonly dashboards: number;
  readonly kmsKeys: number;
  /** Invocations a month that no event causes, by the function's service name. */
  readonly scheduled: Readonly<Record<string, number>>;
  /** How that check is configured; undefined where there is none. */
  readonly deliveryCheck: DeliveryCheckEnvironment | undefined;
  /** What the list of prices says nothing of. */
  readonly unpriced: readonly string[];
}

/**
 * Reads what a synthesis made.
 * @throws {Error} a resource type that nobody has decided the price of
 */
export function readInventory(templates: readonly Template[]): Inventory {
  const resources = templates.flatMap((template) => Object.values(template.Resources));
  const byType = Map.groupBy(resources, ({ Type }) => Type);
  const of = (type: string) => (byType.get(type) ?? []).map(({ Properties }) => Properties ?? {});
  const priced = {
    'AWS::CloudWatch::Alarm': of('AWS::CloudWatch::Alarm'),
    'AWS::CloudWatch::CompositeAlarm': of('AWS::CloudWatch::CompositeAlarm'),
    'AWS::CloudWatch::Dashboard': of('AWS::CloudWatch::Dashboard'),
    'AWS::Events::Archive': of('AWS::Events::Archive'),
    'AWS::Events::Rule': of('AWS::Events::Rule'),
    'AWS::KMS::Key': of('AWS::KMS::Key'),
    'AWS::Lambda::Alias': of('AWS::Lambda::Alias'),
    'AWS::Lambda::EventSourceMapping': of('AWS::Lambda::EventSourceMapping'),
    'AWS::Lambda::Function': of('AWS::Lambda::Function'),
    'AWS::Logs::LogGroup': of('AWS::Logs::LogGroup'),
    'AWS::S3::Bucket': of('AWS::S3::Bucket'),
    'AWS::Scheduler::Schedule': of('AWS::Scheduler::Schedule'),
    'AWS::SecretsManager::Secret': of('AWS::SecretsManager::Secret'),
  };
  const decided = [priced, FREE, UNPRICED];
  const unknown = [...byType.keys()].filter((type) => !decided.some((types) => Object.hasOwn(types, type)));
  if (unknown.length > 0) {
    throw new Error(
      `Nobody has decided what ${unknown.join(', ')} costs: price it in bench/cost/, or list it as free.`,
    );
  }

  const functions = priced['AWS::Lambda::Function'];
  const schedules = [...priced['AWS::Events::Rule'], ...priced['AWS::Scheduler::Schedule']];
  const handlers = functions.filter((one) => nameOf(one).startsWith('handler-')).map(variablesOf);
  const share = (has: (variables: Partial<HandlerEnvironment>) => boolean) =>
    handlers.length === 0 ? 0 : handlers.filter(has).length / handlers.length;
  return {
    functions: Object.fromEntries(functions.map((one) => [nameOf(one), Number(one.MemorySize ?? 128)])),
    provisionedMb: sum(templates.map(provisionedMbOf)),
    startsTraces: functions.some(({ TracingConfig }) => JSON.stringify(TracingConfig ?? {}).includes('Active')),
    polledQueues: priced['AWS::Lambda::EventSourceMapping'].length,
    handlerConcurrency: Math.min(...templates.flatMap(handlerConcurrenciesOf)),
    requestsPerSecond: Math.min(...of('AWS::ApiGatewayV2::Stage').map(requestsPerSecondOf)),
    rules: priced['AWS::Events::Rule'].length,
    archiveDays: most(priced['AWS::Events::Archive'].map(({ RetentionDays }) => Number(RetentionDays))),
    logDays: most(priced['AWS::Logs::LogGroup'].map(({ RetentionInDays }) => Number(RetentionInDays))),
    payloadDays: most(priced['AWS::S3::Bucket'].map(payloadDaysOf)),
    inlineLimitKb: most(functions.map((one) => Number(variablesOf(one).INLINE_LIMIT ?? 0))) / 1_000,
    projecting: share(({ PROJECTION }) => PROJECTION !== JSON.stringify('off')),
    refreshing: share(({ FRESHNESS }) => FRESHNESS === 'latest'),
    secrets: priced['AWS::SecretsManager::Secret'].length,
    alarmMetrics: sum(priced['AWS::CloudWatch::Alarm'].map(metricsOf)),
    compositeAlarms: priced['AWS::CloudWatch::CompositeAlarm'].length,
    dashboards: priced['AWS::CloudWatch::Dashboard'].length,
    kmsKeys: priced['AWS::KMS::Key'].length,
    scheduled: Object.fromEntries(
      schedules.flatMap(({ Name, ScheduleExpression }) => {
        // A schedule has the name of the function that it starts.
        const started = functions.find(({ FunctionName }) => FunctionName === Name);
        if (ScheduleExpression === undefined) return [];
        return [[started === undefined ? String(Name) : nameOf(started), timesAMonth(ScheduleExpression)]];
      }),
    ),
    deliveryCheck: functions
      .filter((one) => nameOf(one) === 'delivery-check')
      .map((one) => variablesOf(one) as unknown as DeliveryCheckEnvironment)
      .at(0),
    unpriced: [...byType.keys()].flatMap((type) => UNPRICED[type] ?? []),
  };
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}

function most(numbers: readonly number[]): number {
  return Math.max(0, ...numbers);
}
