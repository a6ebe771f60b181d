import type { CommandContext, Report } from '../command.ts';
import { type MoveOptions, moveChosen } from './move-chosen.ts';
import { movedText } from './moved-text.ts';

/**
 * Prints a plan, and carries it out if the person said so.
 * @param plan one sentence
 */
export async function moveReport(
  plan: string,
  options: MoveOptions,
  isWanted: boolean,
  context: CommandContext,
): Promise<Report> {
  if (!isWanted) {
    return { exitCode: 0, data: { plan, done: false }, text: `${plan}\nNothing was moved: add --yes to do it.` };
  }
  const moved = await moveChosen(options, context);
  const isWhole = moved.complete && moved.refused.length + moved.unknown.length === 0;
  return {
    exitCode: isWhole ? 0 : 1,
    data: { plan, done: true, ...moved },
    text: `${plan}\n${movedText(moved, context)}`,
  };
}
