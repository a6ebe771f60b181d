import { describe, expect, it } from 'vitest';
import { metricsRead } from '../../../bench/cost/metrics-read.ts';
import { resourcesOf, resourceWhere, synthesize } from '../synthesize.ts';
import { alarmsOf } from './alarm-metrics.ts';

/** Dollars a month, us-east-1 list prices of 2026, no free tier. */
const PRICES = {
  /** Per metric that an alarm reads; a query reads none while its metrics have no data, and is charged as one here. */
  alarmMetric: 0.1,
  compositeAlarm: 0.5,
  dashboard: 3,
  key: 1,
  /** Per metric read by GetMetricData. */
  metricRead: 0.01 / 1_000,
} as const;

const { operations } = synthesize();
const count = (type: string) => Object.keys(resourcesOf(operations, type)).length;

const alarmMetrics = Object.values(alarmsOf(operations)).reduce((sum, alarm) => {
  const stats = (alarm.Metrics ?? []).filter((query: object) => 'MetricStat' in query).length;
  return sum + Math.max(1, stats);
}, 0);
const check = resourceWhere(operations, 'AWS::Lambda::Function', 'FunctionName', 'stripe-fanout-dev-delivery-check');
const CHECKS_A_MONTH = 12 * 30.5;

describe('what watching costs', () => {
  it('is at most $15 a month for a stage that nobody uses, whatever it costs more grows with use', async () => {
    const { idle } = await metricsRead(check.Properties.Environment.Variables);
    const lines = {
      alarms: alarmMetrics * PRICES.alarmMetric,
      composites: count('AWS::CloudWatch::CompositeAlarm') * PRICES.compositeAlarm,
      dashboard: count('AWS::CloudWatch::Dashboard') * PRICES.dashboard,
      key: count('AWS::KMS::Key') * PRICES.key,
      deliveryCheck: idle * CHECKS_A_MONTH * PRICES.metricRead,
    };
    const total = Object.values(lines).reduce((sum, dollars) => sum + dollars, 0);

    expect(total, JSON.stringify(lines)).toBeLessThanOrEqual(15);
    expect(total, JSON.stringify(lines)).toBeGreaterThan(8);
  });
});
