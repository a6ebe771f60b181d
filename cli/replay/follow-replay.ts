import { setTimeout as sleep } from 'node:timers/promises';
import type { ReplayState } from '#functions/adapters/operator/archive-replays.ts';
import type { CommandContext } from '../command.ts';

export interface Followed {
  state(): Promise<ReplayState>;
  cancel(): Promise<void>;
  /** Unix milliseconds. */
  readonly from: number;
  readonly to: number;
}

const LOOK_EVERY_MS = 1_000;

/** Watches a replay to its end; when asked to stop, cancels it. */
export async function followReplay(replay: Followed, context: CommandContext): Promise<ReplayState> {
  const { from, to } = replay;
  let cancelled = false;
  for (;;) {
    const now = await replay.state();
    const done = Math.round((100 * ((now.lastReplayed ?? from) - from)) / Math.max(1, to - from));
    context.bar('replaying', now.state === 'COMPLETED' ? 100 : Math.min(99, done), 100);
    if (['COMPLETED', 'CANCELLED', 'FAILED'].includes(now.state)) return now;
    if (context.signal.aborted && !cancelled) {
      cancelled = true;
      await replay.cancel();
    }
    await sleep(LOOK_EVERY_MS, undefined, cancelled ? {} : { signal: context.signal }).catch(() => undefined);
  }
}
