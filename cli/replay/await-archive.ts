import { setTimeout as sleep } from 'node:timers/promises';
import type { CommandContext } from '../command.ts';
import { OperatorFault } from '../operator-fault.ts';

/** AWS advises to wait this long: an event may reach the archive that much later than its targets. */
const ARCHIVE_LAG_MS = 600_000;
const LOOK_EVERY_MS = 1_000;

/**
 * Waits until the archive has everything up to a time.
 * @param to Unix milliseconds
 * @throws {OperatorFault} the person stopped waiting
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-archive.html
 */
export async function awaitArchive(to: number, context: CommandContext): Promise<void> {
  const wait = to + ARCHIVE_LAG_MS - context.now();
  for (let left = wait; left > 0; left = to + ARCHIVE_LAG_MS - context.now()) {
    if (context.signal.aborted)
      throw new OperatorFault('stopped', 'Stopped before the replay began: nothing was done.');
    const [passed, all] = [wait - left, wait].map((ms) => Math.round(ms / 1000));
    context.bar('waiting for the archive, s', passed ?? 0, all ?? 0);
    await sleep(Math.min(left, LOOK_EVERY_MS), undefined, { signal: context.signal }).catch(() => undefined);
  }
}
