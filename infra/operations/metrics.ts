import { Duration } from 'aws-cdk-lib';
import { type IMetric, MathExpression, Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { busName } from '#shared/naming/resource-names.ts';
import { type Dimensions, METRIC_NAMESPACE } from '#shared/telemetry/metric-dimensions.ts';

/** Period of all alarms and graphs that do not say otherwise. */
export const FIVE_MINUTES = Duration.minutes(5);

/** A metric that our functions write, under exactly the dimensions they write it with. */
export function ourMetric(name: string, dimensions: Dimensions, statistic = 'Sum', period = FIVE_MINUTES): Metric {
  return new Metric({
    namespace: METRIC_NAMESPACE,
    metricName: name,
    dimensionsMap: dimensions,
    statistic,
    period,
  });
}

/** One of our metrics, added up over all functions and dimensions of the stage: one query, and one alarm for all. */
export function ourTotal(stage: string, name: string): IMetric {
  return query(`SELECT SUM(${name}) FROM "${METRIC_NAMESPACE}" WHERE stage = '${stage}'`, name);
}

/** A metric of EventBridge, added up over all rules of the bus, those of subscribers too: one query, not one alarm a rule. */
export function ruleTotal(stage: string, name: string): IMetric {
  const from = 'SCHEMA("AWS/Events", EventBusName, RuleName)';
  return query(`SELECT SUM(${name}) FROM ${from} WHERE EventBusName = '${busName(stage)}'`, name);
}

/** @param label how a graph names it */
export function queueMetric(queueName: string, name: string, label?: string): Metric {
  return new Metric({
    namespace: 'AWS/SQS',
    metricName: name,
    dimensionsMap: { QueueName: queueName },
    statistic: 'Maximum',
    period: FIVE_MINUTES,
    ...(label !== undefined && { label }),
  });
}

export function functionMetric(functionName: string, name: string, statistic = 'Sum', period = FIVE_MINUTES): Metric {
  return new Metric({
    namespace: 'AWS/Lambda',
    metricName: name,
    dimensionsMap: { FunctionName: functionName },
    statistic,
    period,
  });
}

/** HTTP APIs write `Count`, `4xx`, `5xx` and latencies per API. */
export function apiMetric(apiId: string, name: string, statistic = 'Sum'): Metric {
  return new Metric({
    namespace: 'AWS/ApiGateway',
    metricName: name,
    dimensionsMap: { ApiId: apiId },
    statistic,
    period: FIVE_MINUTES,
    label: name,
  });
}

/**
 * Percent that `part` is of `whole`, and 0 while `part` is below `atLeast`, so that two requests at night are no rate.
 * Without any `part` there is no value: CloudWatch writes it only when it happens.
 */
export function share(part: Metric, whole: Metric, atLeast: number, label: string): IMetric {
  return new MathExpression({
    expression: `IF(part >= ${atLeast}, 100 * part / whole, 0)`,
    usingMetrics: { part, whole },
    period: FIVE_MINUTES,
    label,
  });
}

function query(expression: string, label: string): IMetric {
  return new MathExpression({ expression, usingMetrics: {}, period: FIVE_MINUTES, label });
}
