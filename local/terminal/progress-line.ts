const BAR = 30;

/** Says that a step has come so far; `of` is 1 where it is not counted. */
export type ReportStep = (step: string, done: number, of: number) => void;

/** How far a command is: a bar on a terminal, else one line a step. */
export class ProgressLine {
  readonly #stream: Pick<NodeJS.WriteStream, 'isTTY' | 'write'>;
  #shown = '';

  constructor(stream: Pick<NodeJS.WriteStream, 'isTTY' | 'write'>) {
    this.#stream = stream;
  }

  readonly step: ReportStep = (step, done, of) => {
    if (this.#stream.isTTY) {
      const filled = Math.round((BAR * done) / of);
      const bar = `${'█'.repeat(filled)}${'░'.repeat(BAR - filled)}`;
      this.#stream.write(`\r\u001b[2K${bar} ${step}${of > 1 ? ` ${done}/${of}` : ''}`);
    } else if (step !== this.#shown) {
      this.#stream.write(`${step} …\n`);
    }
    this.#shown = step;
  };

  /** Takes the bar away, so that what is printed next stands alone. */
  clear(): void {
    if (this.#stream.isTTY && this.#shown !== '') this.#stream.write('\r\u001b[2K');
    this.#shown = '';
  }
}
