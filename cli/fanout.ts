import { randomUUID } from 'node:crypto';
import { open, readFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { text } from 'node:stream/consumers';
import { setTimeout as pause } from 'node:timers/promises';
import { isAlive } from './is-alive.ts';
import { runFanout } from './run-fanout.ts';
import { paintFor } from './terminal/paint.ts';
import { Progress } from './terminal/progress.ts';
import { progressBar } from './terminal/progress-bar.ts';
import { questioner } from './terminal/questioner.ts';

// `fanout types | head` closes the pipe early: that is the reader's choice, not a fault.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0);
  throw error;
});

const progress = new Progress(process.stderr);
const colours = process.stdout.isTTY && process.stdout.hasColors();

const stopping = new AbortController();
let isListening = false;

const { exitCode, stdout, stderr } = await runFanout(process.argv.slice(2), {
  paint: paintFor(colours),
  // What reads a pipe is not as narrow as a terminal may be.
  width: process.stdout.columns || Number(process.env.COLUMNS) || 120,
  env: process.env,
  now: Date.now,
  fetch: (url, init) => fetch(url, init),
  readFile: (path) => (path === '-' ? text(process.stdin) : readFile(path, 'utf8')),
  pause: (ms) => pause(ms),
  progress: (line) => progress.show(line),
  createFile: async (path) => {
    const file = await open(path, 'wx');
    return { write: async (line) => void (await file.write(`${line}\n`)), close: () => file.close() };
  },
  uniqueText: randomUUID,
  host: hostname(),
  pid: process.pid,
  isAlive,
  // The first Ctrl-C asks a command that looks at the signal to stop in order; otherwise it ends the process as ever.
  get signal() {
    if (!isListening) process.once('SIGINT', () => stopping.abort());
    isListening = true;
    return stopping.signal;
  },
  bar: progressBar(progress, process.stderr.isTTY),
  ...questioner(process.stdin, process.stderr),
}).catch((error: unknown) => ({
  exitCode: 1,
  stdout: '',
  stderr: `fanout failed and should not have: ${error instanceof Error ? error.stack : String(error)}`,
}));

progress.end();
if (stdout) process.stdout.write(`${stdout}\n`);
if (stderr) process.stderr.write(`${stderr}\n`);
process.exitCode = exitCode;
