import { setTimeout as sleep } from 'node:timers/promises';
import type { QueueOwner } from '#shared/naming/resource-names.ts';
import type { MoveTask } from '#shared/operations/operator-queues.ts';
import type { CommandContext } from '../command.ts';
import { OperatorFault } from '../operator-fault.ts';
import type { DeadLetterDesk } from './dead-letter-desk.ts';
import { locked } from './locked.ts';

/** How a native move ended. */
export interface NativeMove {
  readonly status: string;
  readonly moved: number;
  readonly left: number;
  /** It was already running when the command started, which then only watched it. */
  readonly joined: boolean;
  readonly reason?: string;
}

/** Milliseconds between two looks at a running move. */
const LOOK_EVERY_MS = 1_000;

/**
 * Moves a whole DLQ back to its queue with SQS's own task, and watches it to its end. The task goes on when this
 * process is killed; started again, the command finds and watches it. When asked to stop it cancels the task.
 * @param rate messages a second, 1 to 500
 * @throws {OperatorFault} another command works on this DLQ
 */
export function moveAll(
  desk: DeadLetterDesk,
  owner: QueueOwner,
  rate: number,
  context: CommandContext,
): Promise<NativeMove> {
  const { queues } = desk;
  const urls = desk.urlsOf(owner);
  return locked(desk.lock, owner, 'a redrive', context, async (hold) => {
    const [from, to] = await Promise.all([queues.arn(urls.deadLetters), queues.arn(urls.queue)]);
    const running = await queues.latestMove(from);
    const joined = running?.handle !== undefined;
    // Always with the destination: what EventBridge put there does not say where it came from.
    if (!joined) await queues.startMove(from, to, rate);
    let cancelled = false;
    for (;;) {
      const task = await latest(desk, from);
      await hold.note({ moved: task.moved, inHand: [] });
      context.bar('redriving', task.moved, task.toMove);
      if (isOver(task)) {
        const { visible, hidden } = await queues.counts(urls.deadLetters);
        const { status, moved, reason } = task;
        return { status, moved, left: visible + hidden, joined, ...(reason === undefined ? {} : { reason }) };
      }
      if (context.signal.aborted && !cancelled && task.handle !== undefined) {
        cancelled = true;
        await queues.cancelMove(task.handle);
      }
      await pause(cancelled ? undefined : context.signal);
    }
  });
}

async function latest({ queues }: DeadLetterDesk, from: string): Promise<MoveTask> {
  const task = await queues.latestMove(from);
  if (task !== undefined) return task;
  throw new OperatorFault('move_vanished', 'SQS lists no move out of this DLQ although one was started.');
}

function isOver({ status }: MoveTask): boolean {
  return ['COMPLETED', 'CANCELLED', 'FAILED'].includes(status);
}

async function pause(signal?: AbortSignal): Promise<void> {
  await sleep(LOOK_EVERY_MS, undefined, signal === undefined ? {} : { signal }).catch(() => undefined);
}
