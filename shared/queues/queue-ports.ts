import type { FailureLog } from '../ledger/ledger.ts';
import type { Clock } from '../ports/clock.ts';
import type { Messages } from '../ports/messages.ts';
import type { Telemetry } from '../ports/telemetry.ts';

/** What a function that drains a queue settles its messages with. */
export interface QueuePorts {
  /** The queue's owner, under which operators look for what failed. */
  readonly domain: string;
  /** Seconds a failed record is hidden after its 1st, 2nd, … receive; the last value repeats. */
  readonly retrySchedule: readonly number[];
  /** Receives after which SQS moves a message to the DLQ. */
  readonly maxReceiveCount: number;
  readonly failures: FailureLog;
  readonly messages: Messages;
  readonly telemetry: Telemetry;
  readonly clock: Clock;
}

/** Which event a message holds and how far it came, as far as is known when something fails. */
export interface Subject {
  event?: string;
  type?: string;
  account?: string | undefined;
  /** What fails now is the work of a ledger stage whose own row says why; all before it went well. */
  isRecorded?: boolean;
}
