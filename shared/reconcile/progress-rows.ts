import { readRecord } from '../event/read-record.ts';
import { isRecord } from '../event/stripe-event.ts';
import type { JobState, ListProgress, Round } from '../ports/reconcile-progress.ts';
import { NOTHING_COUNTED } from './reconcile-report.ts';

/** `stage` of a job's own row, and what those of its lists begin with. */
export const RUN_STAGE = 'run';
export const LIST_STAGE = 'list#';

/** `event` of the rows of a job. */
export function jobKey(job: string): string {
  return `reconcile#${job}`;
}

/** @param text JSON; what another version wrote counts as nothing, and the job begins anew */
export function readJobState(text: string | undefined): JobState {
  const value = readRecord(text ?? '') ?? {};
  if (!isRound(value.round)) return {};
  return { round: value.round, ...(isListProgress(value.current) && { current: value.current }) };
}

/** @param text JSON. @returns `undefined` for what another version wrote */
export function readListProgress(text: string | undefined): ListProgress | undefined {
  const value = readRecord(text ?? '') ?? {};
  return isListProgress(value) ? value : undefined;
}

function isRound(value: unknown): value is Round {
  return isRecord(value) && typeof value.id === 'string' && [value.to, value.startedAt].every(Number.isFinite);
}

function isListProgress(value: unknown): value is ListProgress {
  if (!isRecord(value) || !isRecord(value.counts)) return false;
  const { list, round, from, to, isDone, counts } = value;
  return (
    [list, round].every((text) => typeof text === 'string') &&
    [from, to, ...Object.keys(NOTHING_COUNTED).map((name) => counts[name])].every(Number.isFinite) &&
    typeof isDone === 'boolean'
  );
}
