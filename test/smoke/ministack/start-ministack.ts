import { spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { createServer } from 'node:http';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { close, listen } from '#local/listen.ts';
import { EngineProcess } from '../../engine-process.ts';

export interface MiniStack {
  /** `http://127.0.0.1:<port>` */
  readonly url: string;
  readonly version: string;
  stop(): Promise<void>;
}

/** Real time, of a machine that may be slow and does something else meanwhile. */
const READY_MS = 180_000;
/** Somebody may take the port that was free before MiniStack does. */
const STARTS = 3;

/** The version that is installed; `undefined` where there is none. */
export function ministackVersion(): string | undefined {
  const script = 'import importlib.metadata as m; print(m.version("ministack"))';
  const { status, stdout } = spawnSync('python3', ['-c', script], { encoding: 'utf8' });
  return status === 0 ? stdout.trim() : undefined;
}

/**
 * Starts a fresh MiniStack on 127.0.0.1, whose functions run on this Node. It gets nothing of this process's
 * environment but the path, and its home is the given folder.
 * @throws {Error} it is not installed, ended before it answered, or did not answer in time
 */
export async function startMiniStack(folder: string): Promise<MiniStack> {
  const version = ministackVersion();
  if (version === undefined) throw new Error('MiniStack is not installed: pip install ministack.');
  for (let starts = 1; ; starts += 1) {
    const url = `http://127.0.0.1:${await freePort()}`;
    const engine = launch(folder, url);
    const failure = await failureOf(engine, url);
    if (failure === undefined) return { url, version, stop: () => engine.stop() };
    const mayRetry = !engine.isAlive && starts < STARTS;
    await engine.stop();
    if (!mayRetry) throw new Error(`MiniStack ${version} ${failure}; ${engine.lastWords}`);
  }
}

function launch(folder: string, url: string): EngineProcess {
  const home = join(folder, 'home');
  mkdirSync(home, { recursive: true });
  return new EngineProcess('python3', ['-m', 'ministack'], {
    cwd: folder,
    env: {
      PATH: `${dirname(process.execPath)}:${process.env.PATH}`,
      HOME: home,
      TMPDIR: folder,
      GATEWAY_PORT: new URL(url).port,
      BIND_HOST: '127.0.0.1',
      // Queue URLs name this host, and clients follow them.
      MINISTACK_HOST: '127.0.0.1',
      LAMBDA_EXECUTOR: 'local',
      // These would listen on every interface whatever BIND_HOST says.
      IOT_MTLS_ENABLED: '0',
      SFTP_ENABLED: '0',
    },
  });
}

/** @returns why it does not answer; `undefined` when it does */
async function failureOf(engine: EngineProcess, url: string): Promise<string | undefined> {
  const deadline = performance.now() + READY_MS;
  while (engine.isAlive) {
    const response = await fetch(`${url}/_ministack/ready`).catch(() => undefined);
    if (response?.ok) return undefined;
    if (performance.now() > deadline) return `did not answer at ${url} within ${READY_MS / 1000} s`;
    await sleep(100);
  }
  return `ended with ${await engine.ended} before it answered`;
}

async function freePort(): Promise<number> {
  const server = createServer();
  const port = await listen(server, 0);
  await close(server);
  return port;
}
