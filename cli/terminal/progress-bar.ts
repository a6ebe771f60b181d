import type { Progress } from './progress.ts';

const BAR = 30;
/** Lines for one step where there is no terminal. */
const LINES = 10;

/** Shows how far a step is: a bar on a terminal, else a line at each step and each tenth of it. */
export function progressBar(progress: Pick<Progress, 'show'>, isTTY: boolean) {
  let shown = '';
  return (step: string, done: number, of: number): void => {
    const part = of > 0 ? Math.min(1, done / of) : 1;
    const count = of > 1 ? ` ${done}/${of}` : '';
    const filled = Math.round(BAR * part);
    const mark = `${step} ${Math.floor(LINES * part)}`;
    if (isTTY) progress.show(`${'█'.repeat(filled)}${'░'.repeat(BAR - filled)} ${step}${count}`);
    else if (mark !== shown) progress.show(`${step}${count} …`);
    shown = mark;
  };
}
