import type { CountMetric, DurationMetric } from '../telemetry/metric-names.ts';

/** Metrics count under configured names only; ids belong in log lines. */
export interface Telemetry {
  /** One structured log line. Fields hold ids, types, codes and numbers, never a payload or a secret. */
  log(level: 'info' | 'warn' | 'error', message: string, fields: Readonly<Record<string, unknown>>): void;
  /** Adds to a metric under the function's fixed dimensions. */
  count(metric: CountMetric, by?: number): void;
  /** Counts one, written before this returns: for what must be known even if the invocation is killed right after. */
  countNow(metric: CountMetric): void;
  /** Records a duration in milliseconds. */
  duration(metric: DurationMetric, ms: number): void;
}
