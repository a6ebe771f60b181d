import type { Template } from 'aws-cdk-lib/assertions';
import { type Resource, resourcesOf } from '../synthesize.ts';

/** One metric that an alarm looks at. */
export interface WatchedMetric {
  readonly namespace: string;
  readonly name: string;
  /** Undefined where a query adds up all it finds. */
  readonly dimensions?: Readonly<Record<string, unknown>>;
}

interface MetricStat {
  readonly Metric: { readonly Namespace: string; readonly MetricName: string; readonly Dimensions: Dimension[] };
  readonly Period: number;
}

interface Dimension {
  readonly Name: string;
  readonly Value: unknown;
}

/** Alarms of one metric or expression, by name without the stage; their description as a person in Ireland gets it. */
export function alarmsOf(template: Template): Record<string, Resource['Properties']> {
  return Object.fromEntries(
    Object.values(resourcesOf(template, 'AWS::CloudWatch::Alarm')).map(({ Properties }) => [
      Properties.AlarmName.replace(/^stripe-fanout-[a-z]+-/, ''),
      { ...Properties, AlarmDescription: inIreland(Properties.AlarmDescription) },
    ]),
  );
}

function inIreland(text: string | { readonly 'Fn::Join': readonly [string, readonly unknown[]] }): string {
  if (typeof text === 'string') return text;
  return text['Fn::Join'][1].map((part) => (typeof part === 'string' ? part : 'eu-west-1')).join('');
}

/** What an alarm looks at, whether it names a metric, an expression over some, or a query. */
export function watchedBy(alarm: Resource['Properties']): WatchedMetric[] {
  if (alarm.MetricName !== undefined) {
    return [{ namespace: alarm.Namespace, name: alarm.MetricName, dimensions: byName(alarm.Dimensions) }];
  }
  const queries: readonly { Expression?: string; MetricStat?: MetricStat }[] = alarm.Metrics;
  return queries.flatMap(({ Expression = '', MetricStat }) => {
    if (MetricStat !== undefined) {
      const { Namespace, MetricName, Dimensions } = MetricStat.Metric;
      return [{ namespace: Namespace, name: MetricName, dimensions: byName(Dimensions) }];
    }
    const found = /SELECT SUM\((\w+)\) FROM (?:SCHEMA\()?"([^"]+)"/.exec(Expression);
    return found?.[1] === undefined || found[2] === undefined ? [] : [{ namespace: found[2], name: found[1] }];
  });
}

/** Seconds that an alarm looks back. */
export function lookBack(alarm: Resource['Properties']): number {
  const queries: readonly { Period?: number; MetricStat?: MetricStat }[] = alarm.Metrics ?? [];
  const period = alarm.Period ?? queries.map(({ Period, MetricStat }) => Period ?? MetricStat?.Period).find(Boolean);
  return period * alarm.EvaluationPeriods;
}

export function isQuery(alarm: Resource['Properties']): boolean {
  return JSON.stringify(alarm.Metrics ?? []).includes('SELECT ');
}

function byName(dimensions: readonly Dimension[] = []): Record<string, unknown> {
  return Object.fromEntries(dimensions.map(({ Name, Value }) => [Name, Value]));
}
