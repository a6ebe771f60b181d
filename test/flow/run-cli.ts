import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { open, readFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { text } from 'node:stream/consumers';
import { setTimeout as pause } from 'node:timers/promises';
import type { CommandContext } from '#cli/command.ts';
import { isAlive } from '#cli/is-alive.ts';
import { runFanout } from '#cli/run-fanout.ts';
import { context } from '../unit/cli/context.ts';
import type { Pipeline } from './start-pipeline.ts';

export interface CliResult {
  /** `null` when a signal ended it. */
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/**
 * Starts `fanout …` in a process of its own, for what is done to a process.
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

/** Starts `fanout … --local <the pipeline>` in a process of its own. */
export function startCliOn({ runtime }: Pipeline, ...args: string[]) {
  return startCli([...args, '--local', runtime.url]);
}

/** What the entry hands a command, but for the terminal. */
const here: CommandContext = {
  ...context,
  width: 120,
  now: Date.now,
  fetch,
  readFile: (path) => readFile(path, 'utf8'),
  pause: (ms) => pause(ms),
  uniqueText: randomUUID,
  host: hostname(),
  pid: process.pid,
  isAlive,
  createFile: async (path) => {
    const file = await open(path, 'wx');
    return { write: async (line) => void (await file.write(`${line}\n`)), close: () => file.close() };
  },
};

/** Runs a command in this process: on a busy machine a new one takes seconds to start. */
export async function runCli(args: readonly string[]): Promise<CliResult> {
  const { exitCode, stdout, stderr } = await runFanout(args, here);
  return { code: exitCode, stdout, stderr };
}

/** Runs a command on the pipeline to its end. */
export function cli({ runtime }: Pipeline, ...args: string[]): Promise<CliResult> {
  return runCli([...args, '--local', runtime.url]);
}

/** Runs a command with `--json`. @returns what it printed, and its exit code */
export async function cliJson(pipeline: Pipeline, ...args: string[]) {
  const { code, stdout, stderr } = await cli(pipeline, ...args, '--json');
  if (stdout === '') throw new Error(`fanout ${args.join(' ')} printed nothing and ended with ${code}: ${stderr}`);
  return { code, data: JSON.parse(stdout) };
}
