import { type ChildProcess, spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
import type { Pipeline } from './start-pipeline.ts';

export interface CliResult {
  /** `null` when a signal ended it. */
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/**
 * Starts `fanout …` in a process of its own.
 * @param input what it finds on standard input
 */
export function startCli(args: readonly string[], input = ''): { child: ChildProcess; ended: Promise<CliResult> } {
  const child = spawn(process.execPath, ['cli/fanout.ts', ...args], { stdio: ['pipe', 'pipe', 'pipe'] });
  child.stdin.on('error', () => undefined);
  child.stdin.end(input);
  const code = new Promise<number | null>((resolve) => child.once('close', resolve));
  const ended = Promise.all([code, text(child.stdout), text(child.stderr)]).then(([ended, stdout, stderr]) => ({
    code: ended,
    stdout,
    stderr,
  }));
  return { child, ended };
}

/** Starts `fanout … --local <the pipeline>`. */
export function startCliOn({ runtime }: Pipeline, ...args: string[]) {
  return startCli([...args, '--local', runtime.url]);
}

/** Runs a command on the pipeline to its end. */
export function cli(pipeline: Pipeline, ...args: string[]): Promise<CliResult> {
  return startCliOn(pipeline, ...args).ended;
}

/** Runs a command with `--json`. @returns what it printed, and its exit code */
export async function cliJson(pipeline: Pipeline, ...args: string[]) {
  const { code, stdout, stderr } = await cli(pipeline, ...args, '--json');
  if (stdout === '') throw new Error(`fanout ${args.join(' ')} printed nothing and ended with ${code}: ${stderr}`);
  return { code, data: JSON.parse(stdout) };
}
