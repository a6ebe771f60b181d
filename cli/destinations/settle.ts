import { readCount } from '../arguments/read-arguments.ts';
import type { Arguments, CommandContext, CommandOption } from '../command.ts';
import type { Hold } from '../dead-letters/locked.ts';

/** Milliseconds between two signs of life. */
const STEP_MS = 5_000;

/** How long after a secret was stored every ingress knows it: it reads again after a mismatch, once a minute at most. */
export const SETTLE_OPTION: Readonly<Record<string, CommandOption>> = {
  'settle-seconds': {
    type: 'string',
    value: 'N',
    help: 'How long to wait until every running ingress knows a new secret (default 65).',
  },
};

/** @returns milliseconds */
export function readSettleMs(args: Arguments): number {
  return (readCount(args, 'settle-seconds', 0, 3_600) ?? 65) * 1_000;
}

/** Waits until a moment, and keeps the lock meanwhile. @param until Unix milliseconds */
export async function waitUntil(until: number, what: string, hold: Hold, context: CommandContext): Promise<void> {
  const from = context.now();
  for (let left = until - from; left > 0; left = until - context.now()) {
    context.bar(what, Math.floor((until - from - left) / 1000), Math.ceil((until - from) / 1000));
    context.signal.throwIfAborted();
    await hold.note({ moved: 0, inHand: [] });
    await context.pause(Math.min(left, STEP_MS));
  }
}
