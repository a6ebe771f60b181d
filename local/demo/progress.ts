const BAR = 30;

/** Shows how far the demo is: a bar on a terminal, else one line a step, always on standard error. */
export function progressTo(stream: NodeJS.WriteStream): (step: string, done: number, of: number) => void {
  let shown = '';
  return (step, done, of) => {
    if (stream.isTTY) {
      const filled = Math.round((BAR * done) / of);
      stream.write(
        `\r\u001b[2K${'█'.repeat(filled)}${'░'.repeat(BAR - filled)} ${step}${of > 1 ? ` ${done}/${of}` : ''}`,
      );
    } else if (step !== shown) {
      stream.write(`${step} …\n`);
    }
    shown = step;
  };
}
