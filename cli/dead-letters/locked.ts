import type { HeldLock, LockNote, OperatorLock } from '#shared/operations/operator-lock.ts';
import type { CommandContext } from '../command.ts';
import { OperatorFault } from '../operator-fault.ts';

/** The lock while a command has it. */
export interface Hold {
  /** The command before, when it ended without giving the lock back. */
  readonly interrupted: HeldLock | undefined;
  /** Writes down what is about to be done. @throws {OperatorFault} someone else has the lock now */
  note(note: LockNote): Promise<void>;
}

/**
 * Does work while nobody else works on a domain's dead letters.
 * @throws {OperatorFault} somebody does
 */
export async function locked<Result>(
  lock: OperatorLock,
  domain: string,
  what: string,
  context: CommandContext,
  work: (hold: Hold) => Promise<Result>,
): Promise<Result> {
  const token = context.uniqueText();
  const interrupted = await take(lock, domain, what, token, context);
  let moved = 0;
  const hold: Hold = {
    interrupted,
    async note(note) {
      moved = note.moved;
      if (await lock.note(domain, token, note)) return;
      throw new OperatorFault('lock_lost', 'This command was stopped for a minute, and another one took over.');
    },
  };
  try {
    return await work(hold);
  } finally {
    await lock.release(domain, token, moved);
  }
}

async function take(lock: OperatorLock, domain: string, what: string, token: string, context: CommandContext) {
  const { host, pid } = context;
  const holder = { token, host, pid, what };
  let outcome = await lock.take(domain, holder);
  // A command of this machine that was killed need not be waited for.
  if (outcome.outcome === 'held' && outcome.by.host === host && !context.isAlive(outcome.by.pid)) {
    outcome = await lock.take(domain, holder, outcome.by.token);
  }
  if (outcome.outcome === 'taken') return outcome.interrupted;
  const { by } = outcome;
  const seconds = Math.max(1, Math.ceil((by.leaseUntil - context.now()) / 1000));
  throw new OperatorFault(
    'locked',
    `${by.what} works on ${domain} since ${by.startedAt}, on ${by.host} (process ${by.pid}). Wait until it has ended; if it was killed, it is forgotten in ${seconds} s.`,
  );
}
