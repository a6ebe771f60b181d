import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { createServer } from 'node:http';
import { dirname, join } from 'node:path';
import { close, listen } from '#local/listen.ts';

export interface MiniStack {
  /** `http://127.0.0.1:<port>` */
  readonly url: string;
  readonly version: string;
  stop(): Promise<void>;
}

const READY_MS = 60_000;

/** The version that is installed; `undefined` where there is none. */
export function ministackVersion(): string | undefined {
  const script = 'import importlib.metadata as m; print(m.version("ministack"))';
  const { status, stdout } = spawnSync('python3', ['-c', script], { encoding: 'utf8' });
  return status === 0 ? stdout.trim() : undefined;
}

/**
 * Starts a fresh MiniStack on 127.0.0.1, whose functions run on this Node. It gets nothing of this process's
 * environment but the path, and its home is the given folder.
 * @throws {Error} it is not installed, or not ready in time
 */
export async function startMiniStack(folder: string): Promise<MiniStack> {
  const version = ministackVersion();
  if (version === undefined) throw new Error('MiniStack is not installed: pip install ministack.');
  const port = await freePort();
  const home = join(folder, 'home');
  mkdirSync(home, { recursive: true });
  const child = spawn('python3', ['-m', 'ministack'], {
    cwd: folder,
    env: {
      PATH: `${dirname(process.execPath)}:${process.env.PATH}`,
      HOME: home,
      TMPDIR: folder,
      GATEWAY_PORT: String(port),
      BIND_HOST: '127.0.0.1',
      // Queue URLs name this host, and clients follow them.
      MINISTACK_HOST: '127.0.0.1',
      LAMBDA_EXECUTOR: 'local',
      // These would listen on every interface whatever BIND_HOST says.
      IOT_MTLS_ENABLED: '0',
      SFTP_ENABLED: '0',
    },
    stdio: 'ignore',
  });
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
  const url = `http://127.0.0.1:${port}`;
  const stop = async () => {
    child.kill();
    await ended;
  };
  if (await answers(url, () => child.exitCode === null)) return { url, version, stop };
  await stop();
  throw new Error(`MiniStack ${version} did not answer at ${url} within ${READY_MS / 1000} s.`);
}

async function answers(url: string, isAlive: () => boolean): Promise<boolean> {
  const deadline = performance.now() + READY_MS;
  while (performance.now() < deadline && isAlive()) {
    const response = await fetch(`${url}/_ministack/ready`).catch(() => undefined);
    if (response?.ok) return true;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return false;
}

async function freePort(): Promise<number> {
  const server = createServer();
  const port = await listen(server, 0);
  await close(server);
  return port;
}
