import type { ComparisonOperator, IMetric, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import type { AlarmKindName } from './alarm-kinds.ts';

/** One alarm to be. */
export interface AlarmSpec {
  readonly kind: AlarmKindName;
  /** What it is about, for kinds of which there are several: a domain, a destination. */
  readonly subject?: string;
  readonly metric: IMetric;
  readonly threshold: number;
  /** @default greater than the threshold */
  readonly comparison?: ComparisonOperator;
  /** How many of how many periods in a row must be beyond the threshold. @default 1 of 1 */
  readonly datapoints?: number;
  readonly of?: number;
  /**
   * @default not breaching: none of the metrics is written while nothing happens, and a stack that nobody uses, or
   * that was deployed a minute ago, is no fault
   */
  readonly missing?: TreatMissingData;
}
