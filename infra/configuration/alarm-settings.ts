import type { AlarmConfig, Recipients } from './alarm-config.ts';

/** {@link AlarmConfig} with every default filled in. */
export interface AlarmSettings {
  readonly page: Required<Recipients>;
  readonly ticket: Required<Recipients>;
  readonly lateAfterMinutes: number;
  readonly failuresPerFiveMinutes: number;
  readonly silentAfterHours: Readonly<Record<string, number>>;
  readonly severities: NonNullable<AlarmConfig['severities']>;
  readonly runbooks: string;
  readonly approvers: readonly string[];
}

/** Minutes beyond what a single bad message can take. */
const SLACK = 5;

export function alarmSettingsOf(config: AlarmConfig, retrySchedule: readonly number[]): AlarmSettings {
  return {
    page: { emails: [], urls: [], slack: [], ...config.page },
    ticket: { emails: [], urls: [], slack: [], ...config.ticket },
    lateAfterMinutes: config.lateAfterMinutes ?? badMessageMinutes(retrySchedule) + SLACK,
    failuresPerFiveMinutes: config.failuresPerFiveMinutes ?? 10,
    silentAfterHours: config.silentAfterHours ?? {},
    severities: config.severities ?? {},
    runbooks: (config.runbooks ?? 'docs/runbooks').replace(/\/$/, ''),
    approvers: config.approvers ?? [],
  };
}

/**
 * Minutes for which one bad message can look like a queue that stands still: SQS leaves a message out of the age of
 * the oldest one after its third receive.
 * @param retrySchedule seconds a message is hidden after its 1st, 2nd, … receive; the last value repeats
 * @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-available-cloudwatch-metrics.html
 */
export function badMessageMinutes(retrySchedule: readonly number[]): number {
  const last = retrySchedule.at(-1) ?? 0;
  const seconds = [0, 1, 2].reduce((sum, index) => sum + (retrySchedule[index] ?? last), 0);
  return Math.ceil(seconds / 60);
}
