import type { QueueOwner } from '#shared/naming/resource-names.ts';
import type { CommandContext } from '../command.ts';
import type { DeadLetterDesk } from './dead-letter-desk.ts';
import type { Examined } from './examined.ts';
import { locked } from './locked.ts';
import { queueSource } from './queue-source.ts';

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
  await locked(desk.lock, owner, 'a scan', context, async (hold) => {
    const source = await queueSource(desk, owner, context.signal);
    const { visible } = await desk.queues.counts(desk.urlsOf(owner).deadLetters);
    let seen = 0;
    try {
      for await (const batch of source.batches(10)) {
        await hold.note({ moved: 0, inHand: [] });
        for (const examined of batch) await see(examined);
        seen += batch.length;
        context.bar('scanning', seen, Math.max(seen, visible));
      }
    } finally {
      await source.close();
    }
  });
}
