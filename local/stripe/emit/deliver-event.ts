import { setTimeout as sleep } from 'node:timers/promises';
import type { TimeScale } from '../../time-scale.ts';
import type { DeliveryReport } from './delivery-report.ts';
import type { Gate } from './gate.ts';
import type { Recipient } from './recipient.ts';
import { retrySchedule } from './retry-schedule.ts';

export interface DeliveryPorts {
  readonly scale: Pick<TimeScale, 'wait'>;
  /** Tries at a time. */
  readonly gate: Gate;
  /** Real milliseconds an answer may take; Stripe does not publish its own. */
  readonly timeoutMs: number;
  /** Ends tries and waiting when the stand-in stops. */
  readonly signal: AbortSignal;
}

export interface Delivery {
  readonly recipient: Recipient;
  readonly body: string;
  readonly livemode: boolean;
  /** Real milliseconds before the first try. */
  readonly delayMs: number;
}

/**
 * Delivers one event as Stripe does: again, with growing waits, until an answer is 2xx or the schedule ends. A
 * destination that is disabled is not tried, and goes on when it is enabled in time; one that is deleted ends it.
 * @returns whether it was delivered; `undefined` when the stand-in stopped before that was known
 */
export async function deliverEvent(
  { recipient, body, livemode, delayMs }: Delivery,
  report: DeliveryReport,
  { scale, gate, timeoutMs, signal }: DeliveryPorts,
): Promise<boolean | undefined> {
  const later = recipient.isTriedOnce === true ? [] : retrySchedule(livemode);
  const waits = [delayMs, ...later.map((seconds) => scale.wait(seconds))];
  for (const wait of waits) {
    await sleep(wait, undefined, { signal, ref: false }).catch(() => undefined);
    if (signal.aborted) return undefined;
    const state = recipient.state();
    if (state === 'disabled') continue;
    if (state === 'deleted') break;
    const result = await gate.through(async () => {
      const started = performance.now();
      const ended = await recipient.attempt(body, AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]));
      if (ended.status !== undefined) report.answered(performance.now() - started);
      return ended;
    });
    if (signal.aborted) return undefined;
    if (result.status !== undefined && result.status >= 200 && result.status < 300) {
      report.delivered(result.outcome);
      return true;
    }
    report.refused(result.status === undefined ? result.reason : String(result.status));
  }
  report.gaveUp();
  return false;
}
