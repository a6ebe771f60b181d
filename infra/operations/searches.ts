import type { Duration } from 'aws-cdk-lib';
import { type IMetric, MathExpression } from 'aws-cdk-lib/aws-cloudwatch';
import { METRIC_NAMESPACE } from '#shared/telemetry/metric-dimensions.ts';
import { FIVE_MINUTES } from './metrics.ts';

/** By what our functions tell their metrics apart. */
export type Group = 'destination' | 'domain';

/** One of our metrics, a line for each destination or domain that has data. */
export function eachOf(stage: string, name: string, by: Group, statistic = 'Sum'): IMetric {
  return new MathExpression({ expression: search(stage, name, by, statistic), usingMetrics: {}, label: `${name} ` });
}

/** One of our metrics, added up over all destinations or domains. */
export function totalOf(stage: string, name: string, by: Group, period?: Duration): IMetric {
  return new MathExpression({
    expression: `SUM(${search(stage, name, by, 'Sum', period)})`,
    usingMetrics: {},
    label: name,
    ...(period !== undefined && { period }),
  });
}

/** A metric of EventBridge, added up over all rules of some buses. */
export function overRules(name: string, buses: readonly string[], label = name): IMetric {
  const any = buses.map((bus) => `"${bus}"`).join(' OR ');
  const query = `{AWS/Events,EventBusName,RuleName} MetricName="${name}" EventBusName=(${any})`;
  const expression = `SUM(SEARCH('${query}', 'Sum', ${FIVE_MINUTES.toSeconds()}))`;
  return new MathExpression({ expression, usingMetrics: {}, label });
}

function search(stage: string, name: string, by: Group, statistic: string, period: Duration = FIVE_MINUTES): string {
  const query = `{${METRIC_NAMESPACE},${by},service,stage} MetricName="${name}" stage="${stage}"`;
  return `SEARCH('${query}', '${statistic}', ${period.toSeconds()})`;
}
