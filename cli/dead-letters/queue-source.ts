import type { QueueOwner } from '#shared/naming/resource-names.ts';
import { assertNoMove } from './assert-no-move.ts';
import type { DeadLetterDesk } from './dead-letter-desk.ts';
import type { DeadLetterSource } from './dead-letter-source.ts';
import { examine } from './examined.ts';
import { Holding } from './holding.ts';

/** Seconds: long enough to look through a large DLQ, short enough to wait for after a crash. */
const HIDE_SECONDS = 600;

/**
 * The messages of a domain's DLQ. To be opened only under the domain's lock.
 * @throws {OperatorFault} a native move empties this DLQ
 */
export async function queueSource(
  { queues, urlsOf, failuresOf }: DeadLetterDesk,
  owner: QueueOwner,
  signal: AbortSignal,
): Promise<DeadLetterSource> {
  const url = urlsOf(owner).deadLetters;
  await assertNoMove(queues, url);
  const failures = await failuresOf(owner);
  const holding = new Holding({ queues, url, hideSeconds: HIDE_SECONDS, signal });
  return {
    async *batches(max) {
      for await (const batch of holding.batches(max)) yield batch.map((message) => examine(message, failures));
    },
    async remove({ message }) {
      await queues.remove(url, message.receiptHandle);
      holding.forget(message);
    },
    async close() {
      await holding.putBack();
      return (await queues.counts(url)).hidden;
    },
  };
}
