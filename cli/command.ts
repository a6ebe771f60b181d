import type { Paint } from './terminal/paint.ts';

/** What a command may use of the world around it; the entry hands it in, tests hand in their own. */
export interface CommandContext {
  readonly paint: Paint;
  /** Characters of a line. */
  readonly width: number;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Unix milliseconds. */
  now(): number;
  fetch(url: string, init: RequestInit): Promise<Response>;
  /** @param path `-` for standard input. @throws when the file cannot be read */
  readFile(path: string): Promise<string>;
  /** @param ms milliseconds */
  pause(ms: number): Promise<void>;
  /** Shows how far it is: in place of what it showed before on a terminal, else as one more line, both on stderr. */
  progress(line: string): void;
  /** Makes a new file to write line by line. @throws when there is one already */
  createFile(path: string): Promise<LineFile>;
  /** A text that no other call returns. */
  uniqueText(): string;
  /** This process, for others to know it by. */
  readonly host: string;
  readonly pid: number;
  /** Whether a process of this host runs. */
  isAlive(pid: number): boolean;
  /** Ends when the person asks the command to stop: it then leaves everything whole and says how far it came. */
  readonly signal: AbortSignal;
  /** Says how far a long command is: a bar on a terminal, else a line at each step and each tenth of it. */
  bar(step: string, done: number, of: number): void;
  /** Asks the person at the terminal. @returns `undefined` when there is none */
  ask(question: string): Promise<string | undefined>;
  /** As {@link ask}, and shows nothing of what is typed. */
  askSecretly(question: string): Promise<string | undefined>;
}

/** A file being written. */
export interface LineFile {
  write(line: string): Promise<void>;
  close(): Promise<void>;
}

export interface CommandOption {
  readonly type: 'string' | 'boolean';
  readonly short?: string;
  /** What stands for the value in the help: `URL`. */
  readonly value?: string;
  /** One line. */
  readonly help: string;
  /** For a `string` that may be given without a value: what it then is. A value after it must begin with `http`. */
  readonly bare?: string;
}

/** The command line after parsing. */
export interface Arguments {
  readonly positionals: readonly string[];
  /** The values of the options that were given. */
  readonly values: Readonly<Record<string, string | boolean | undefined>>;
}

/** What a command found or did; the entry prints one of the two forms. */
export interface Report {
  /** 1: it ran, and what it was asked for did not come about. */
  readonly exitCode: 0 | 1;
  /** For `--json`. */
  readonly data: unknown;
  /** For a person. */
  readonly text: string;
}

/** One subcommand of `fanout`: a file in `commands/`, listed in `commands.ts`. */
export interface Command {
  /** One word, or two: `dlq list`. */
  readonly name: string;
  /** One line for the list of commands. */
  readonly summary: string;
  /** Synopsis after `fanout`, without options: `route <type>`. */
  readonly usage: string;
  /** Beside `--json` and `--help`, which every command has. */
  readonly options: Readonly<Record<string, CommandOption>>;
  /** Lines at the end of the command's help. */
  readonly examples: readonly string[];
  /** @throws {UsageError} when the arguments cannot be meant */
  run(args: Arguments, context: CommandContext): Promise<Report> | Report;
}
