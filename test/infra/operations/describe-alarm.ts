import { isQuery, lookBack, watchedBy } from './alarm-metrics.ts';

const COMPARISONS: Readonly<Record<string, string>> = {
  GreaterThanThreshold: 'more than',
  GreaterThanOrEqualToThreshold: 'at least',
  LessThanThreshold: 'less than',
};

/** What fires an alarm, in words, from the template alone. */
// biome-ignore lint/suspicious/noExplicitAny: a template's properties have no type of their own
export function whatFires(alarm: any): string {
  const expression = (alarm.Metrics ?? []).map(({ Expression }: { Expression?: string }) => Expression).find(Boolean);
  const names = watchedBy(alarm).map(({ name }) => `\`${name}\``);
  const least = /part >= (\d+)/.exec(expression ?? '')?.[1];
  const what =
    least !== undefined
      ? `${names[0]} in percent of ${names[1]} (0 below ${least})`
      : isQuery(alarm)
        ? `${names[0]} over all of them`
        : names.length > 1
          ? `${names.join(' + ')} (Sum)`
          : `${names[0]} (${alarm.Statistic ?? alarm.ExtendedStatistic})`;
  const period = lookBack(alarm) / alarm.EvaluationPeriods;
  const { DatapointsToAlarm: some, EvaluationPeriods: all } = alarm;
  return `${what} ${COMPARISONS[alarm.ComparisonOperator]} ${alarm.Threshold}, ${some} of ${all} × ${span(period)}`;
}

function span(seconds: number): string {
  return seconds < 3_600 ? `${seconds / 60} min` : `${seconds / 3_600} h`;
}
