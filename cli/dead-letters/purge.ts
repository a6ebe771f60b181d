import type { QueueOwner } from '#shared/naming/resource-names.ts';
import type { CommandContext } from '../command.ts';
import type { DeadLetterDesk } from './dead-letter-desk.ts';
import type { Examined } from './examined.ts';
import type { Filter } from './filter.ts';
import { locked } from './locked.ts';
import { queueSource } from './queue-source.ts';

export interface Purged {
  readonly chosen: number;
  readonly deleted: number;
  /** `false` when it was stopped before it had counted, or deleted, all. */
  readonly complete: boolean;
}

/**
 * Counts the chosen messages by holding all of them, and deletes those it holds if they are as many as was said: what
 * arrives meanwhile is never deleted, as SQS's own purge would.
 * @param count `undefined`: only count
 * @throws {OperatorFault} another command or a native move works on this DLQ
 */
export function purge(
  desk: DeadLetterDesk,
  owner: QueueOwner,
  filter: Filter,
  count: number | undefined,
  context: CommandContext,
): Promise<Purged> {
  return locked(desk.lock, owner, 'a purge', context, async (hold) => {
    const source = await queueSource(desk, owner, context.signal);
    let deleted = 0;
    const chosen: Examined[] = [];
    try {
      for await (const batch of source.batches(10)) {
        await hold.note({ moved: 0, inHand: [] });
        chosen.push(...batch.filter(filter.chooses));
        context.bar('counting', chosen.length, chosen.length);
      }
      const isMeant = count === chosen.length && !context.signal.aborted;
      for (const [i, examined] of isMeant ? chosen.entries() : []) {
        if (context.signal.aborted) break;
        if (i % 10 === 0) await hold.note({ moved: deleted, inHand: [] });
        await source.remove(examined);
        deleted += 1;
        context.bar('deleting', deleted, chosen.length);
      }
    } finally {
      await source.close();
    }
    return { chosen: chosen.length, deleted, complete: !context.signal.aborted };
  });
}
