import { ProgressLine, type ReportStep } from './progress-line.ts';
import { UsageError } from './usage-error.ts';

/** A command that puts the pipeline, or a part of it, to a test on this machine, and says how it went. */
export interface Trial<Options extends { readonly help: boolean }> {
  readonly usage: string;
  /** @throws {UsageError} */
  read(args: readonly string[]): Options;
  run(options: Options, progress: ReportStep): Promise<Verdict>;
}

export interface Verdict {
  /** Nothing was lost, and everything went as promised. */
  readonly kept: boolean;
  /** For standard output. */
  readonly text: string;
  /** What else a person should read, on standard error. */
  readonly remarks?: readonly string[];
}

/** What a trial needs of the process that it is the main program of. */
export interface TrialProcess {
  readonly stderr: Pick<NodeJS.WriteStream, 'isTTY' | 'write'>;
  readonly stdout: Pick<NodeJS.WriteStream, 'write'>;
}

/**
 * Takes a trial from its arguments to its exit code, with its progress on standard error.
 * @returns 0 as promised, 1 not so or failed, 2 wrongly called
 */
export async function runTrial<Options extends { readonly help: boolean }>(
  { usage, read, run }: Trial<Options>,
  args: readonly string[],
  { stdout, stderr }: TrialProcess = process,
): Promise<number> {
  const progress = new ProgressLine(stderr);
  try {
    const options = read(args);
    if (options.help) {
      stdout.write(`${usage}\n`);
      return 0;
    }
    const { kept, text, remarks = [] } = await run(options, progress.step);
    progress.clear();
    stdout.write(`${text}\n`);
    for (const remark of remarks) stderr.write(`${remark}\n`);
    return kept ? 0 : 1;
  } catch (thrown) {
    progress.clear();
    stderr.write(`${thrown instanceof Error ? thrown.message : thrown}\n`);
    if (!(thrown instanceof UsageError)) return 1;
    stderr.write(`\n${usage}\n`);
    return 2;
  }
}
