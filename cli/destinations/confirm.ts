import type { Arguments, CommandContext } from '../command.ts';

/** Whether the person wants it: said with `--yes`, or answered at the terminal after reading the plan. */
export async function isConfirmed(
  { values }: Arguments,
  plan: string,
  question: string,
  context: CommandContext,
): Promise<boolean> {
  if (values.yes === true) return true;
  if (values.json === true) return false;
  const answer = await context.ask(`${plan}\n\n${question} [y/N] `);
  return /^y(es)?$/i.test(answer ?? '');
}
