import type { OperatorQueues } from '#shared/operations/operator-queues.ts';
import { OperatorFault } from '../operator-fault.ts';

/** A native move knows nothing of our lock: it may have been started from the console. @throws {OperatorFault} one runs */
export async function assertNoMove(queues: OperatorQueues, url: string): Promise<void> {
  const move = await queues.latestMove(await queues.arn(url));
  if (move?.handle === undefined && move?.status !== 'CANCELLING') return;
  throw new OperatorFault(
    'move_running',
    `A native move out of this DLQ is ${move.status} (${move.moved} of ${move.toMove} moved). Wait until it has ended.`,
  );
}
