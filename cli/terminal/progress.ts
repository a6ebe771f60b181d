import type { WriteStream } from 'node:tty';

/** One line that tells how far a command is: rewritten on a terminal, a line of its own each time elsewhere. */
export class Progress {
  readonly #stream: Pick<WriteStream, 'isTTY' | 'columns' | 'write'>;
  #shown = false;

  constructor(stream: Pick<WriteStream, 'isTTY' | 'columns' | 'write'>) {
    this.#stream = stream;
  }

  show(line: string): void {
    if (!this.#stream.isTTY) {
      this.#stream.write(`${line}\n`);
      return;
    }
    // A line that wraps could not be taken back.
    this.#stream.write(`\r\u001b[2K${line.slice(0, this.#stream.columns - 1)}`);
    this.#shown = true;
  }

  /** Takes the line away, so that what is printed next stands alone. */
  end(): void {
    if (this.#shown) this.#stream.write('\r\u001b[2K');
    this.#shown = false;
  }
}
