import type { CommandContext } from '../command.ts';
import type { Moved } from './move-chosen.ts';

/** What a move did, in lines; says nothing of what did not happen. */
export function movedText(result: Moved, { paint }: Pick<CommandContext, 'paint'>): string {
  const { moved, left, cameBack, hidden, refused, unknown, interrupted, complete } = result;
  const lines = [`${paint('bold', `${moved} moved`)}, ${left} left, ${unknown.length} unknown.`];
  if (!complete) lines.push('Stopped before all was seen: run it again to go on.');
  if (hidden > 0) lines.push(`${hidden} are hidden and come back within ten minutes: run it again then.`);
  if (cameBack > 0)
    lines.push(`${cameBack} failed again meanwhile and are left: they are poison until something is fixed.`);
  for (const { event, reason } of refused) lines.push(`refused: ${event}: ${reason}`);
  if (unknown.length > 0) lines.push(`unknown, maybe in both queues: ${unknown.join(', ')}`);
  if (interrupted !== undefined) {
    const { what, startedAt, unknown: inHand } = interrupted;
    const held = inHand.length > 0 ? `in hand, maybe in both queues: ${inHand.join(', ')}` : 'nothing in hand';
    lines.push(`${what} of ${startedAt} had been killed after ${interrupted.moved} moved, with ${held}.`);
  }
  return lines.join('\n');
}
