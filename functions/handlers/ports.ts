import type { FailureLog, Ledger } from '#shared/ledger/ledger.ts';
import type { Clock } from '#shared/ports/clock.ts';
import type { Messages } from '#shared/ports/messages.ts';
import type { ObjectStore } from '#shared/ports/object-store.ts';
import type { PayloadEraser } from '#shared/ports/payload-eraser.ts';
import type { PayloadStore } from '#shared/ports/payload-store.ts';
import type { TeamRows } from '#shared/ports/team-rows.ts';
import type { Telemetry } from '#shared/ports/telemetry.ts';

/** How much of a domain's objects is kept: all, the named top-level fields, or nothing. */
export type ProjectionMode = 'full' | 'off' | readonly string[];

/** Everything a domain's handler does to the world outside, and what it is configured to do. */
export interface HandlerPorts {
  /** Name of the domain, or `unrecognized`. */
  readonly domain: string;
  readonly projection: ProjectionMode;
  /** Seconds a failed record is hidden after its 1st, 2nd, … receive; the last value repeats. */
  readonly retrySchedule: readonly number[];
  /** Receives after which SQS moves a message to the DLQ. */
  readonly maxReceiveCount: number;
  readonly failures: FailureLog;
  readonly objects: ObjectStore;
  readonly teamRows: TeamRows;
  readonly payloads: PayloadStore & PayloadEraser;
  readonly messages: Messages;
  readonly telemetry: Telemetry;
  readonly clock: Clock;
  /** @param leaseMs longer than the invocation can last, so that a live owner is never overtaken */
  ledgerWith(leaseMs: number): Ledger;
}
