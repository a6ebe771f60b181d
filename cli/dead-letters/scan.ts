import type { QueueOwner } from '#shared/naming/resource-names.ts';
import type { CommandContext } from '../command.ts';
import { assertNoMove } from './assert-no-move.ts';
import type { DeadLetterDesk } from './dead-letter-desk.ts';
import { type Examined, examine } from './examined.ts';
import { Holding } from './holding.ts';
import { locked } from './locked.ts';

/** Long enough to look through a large DLQ, short enough to wait for after a crash. */
export const HIDE_SECONDS = 600;

/**
 * Receives every visible message of a DLQ, hands each to `see`, and puts all back. Nobody may redrive meanwhile.
 * @throws {OperatorFault} another command or a native move works on this DLQ
 */
export async function scan(
  desk: DeadLetterDesk,
  owner: QueueOwner,
  context: CommandContext,
  see: (examined: Examined) => Promise<void> | void,
): Promise<void> {
  const { deadLetters: url } = desk.urlsOf(owner);
  await locked(desk.lock, owner, 'a scan', context, async (hold) => {
    await assertNoMove(desk.queues, url);
    const failures = await desk.failuresOf(owner);
    const { visible } = await desk.queues.counts(url);
    const holding = new Holding({ queues: desk.queues, url, hideSeconds: HIDE_SECONDS, signal: context.signal });
    let seen = 0;
    try {
      for await (const batch of holding.batches()) {
        await hold.note({ moved: 0, inHand: [] });
        for (const message of batch) await see(examine(message, failures));
        seen += batch.length;
        context.bar('scanning', seen, Math.max(seen, visible));
      }
    } finally {
      await holding.putBack();
    }
  });
}
