/** One metric of CloudWatch over a period of time, as one number. */
export interface MetricQuery {
  readonly namespace: string;
  readonly name: string;
  readonly dimensions: Readonly<Record<string, string>>;
  /** How its values become one: added up, or the largest. */
  readonly statistic: 'Sum' | 'Maximum';
}

/** Both ends on a whole five minutes, the end not included. */
export interface TimeRange {
  readonly from: Date;
  readonly to: Date;
}

export interface MetricReader {
  /**
   * @returns a number per query, in their order; 0 for a metric without data
   * @throws {MetricsUnavailable}
   */
  read(queries: readonly MetricQuery[], range: TimeRange, signal: AbortSignal): Promise<readonly number[]>;
}
