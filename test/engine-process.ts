import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

/** Characters of what a program wrote that are kept for whoever asks why it ended. */
const KEPT = 4_000;

export interface EngineOptions {
  readonly cwd?: string;
  /** The whole environment. @default this process's */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Gets each line that the program writes. */
  onLine?(line: string): void;
}

/**
 * A program that judges ours, which ends with this one. What it writes is read to its end, so that it never waits for a
 * full pipe; its standard input ends with this process too, however that ends.
 */
export class EngineProcess {
  /** Resolves when it has ended, to how: `exit code 1`, `SIGKILL`, or why it did not start. */
  readonly ended: Promise<string>;
  readonly #child: ChildProcess;
  readonly #gone: Promise<void>;
  #written = '';

  constructor(command: string, args: readonly string[], { cwd, env, onLine }: EngineOptions = {}) {
    this.#child = spawn(command, args, { cwd, env, stdio: ['pipe', 'pipe', 'pipe'] });
    this.ended = new Promise((resolve) => {
      this.#child.once('error', ({ message }) => resolve(message));
      this.#child.once('close', (code, signal) => resolve(signal ?? `exit code ${code}`));
    });
    const kill = () => this.#child.kill();
    process.once('exit', kill);
    this.#gone = new Promise((resolve) => this.#child.once('error', () => resolve()).once('exit', () => resolve()));
    void this.#gone.then(() => process.off('exit', kill));
    // Who has ended takes no end of input.
    this.#child.stdin?.on('error', () => undefined);
    for (const input of [this.#child.stdout, this.#child.stderr]) {
      if (input === null) continue;
      createInterface({ input }).on('line', (line) => {
        this.#written = `${this.#written}${line}\n`.slice(-KEPT);
        onLine?.(line);
      });
    }
  }

  get isAlive(): boolean {
    return this.#child.pid !== undefined && this.#child.exitCode === null && this.#child.signalCode === null;
  }

  /** The last of what it wrote, for an error. */
  get lastWords(): string {
    return this.#written === '' ? 'it wrote nothing' : `it wrote:\n${this.#written.trimEnd()}`;
  }

  /** Ends it, and waits until it has. */
  async stop(): Promise<void> {
    this.#child.kill();
    await this.#gone;
    // What it started itself may hold these, and nobody waits for that.
    this.#child.stdout?.destroy();
    this.#child.stderr?.destroy();
  }
}
