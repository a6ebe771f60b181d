import { spawn, spawnSync } from 'node:child_process';
import { createInterface } from 'node:readline';
import { runTests } from '../run-tests.ts';
import type { Suite } from '../suite.ts';

export const moto: Suite = {
  name: 'moto',
  judge: 'moto, on the bus, rules and queues of the templates: an engine that shares nothing with ours',
  async run() {
    const version = spawnSync('moto_server', ['--version'], { encoding: 'utf8' });
    if (version.error)
      return { outcome: 'skipped', summary: "moto_server is not installed (pip install 'moto[server]')" };
    const server = spawn('moto_server', ['-H', '127.0.0.1', '-p', '0'], { stdio: ['ignore', 'pipe', 'pipe'] });
    const ended = new Promise((resolve) => server.once('close', resolve));
    try {
      const address = await addressIn(server.stderr);
      if (address === undefined) return { outcome: 'disagreed', summary: 'moto_server ended before it listened' };
      return await runTests(['test/flow/engines/bus-and-queues.test.ts'], { AWS_UNDER_TEST: address });
    } finally {
      server.kill();
      await ended;
    }
  },
};

/** The server says where it listens among other lines, and is read on, so that it never waits for a full pipe. */
function addressIn(output: NodeJS.ReadableStream): Promise<string | undefined> {
  return new Promise((resolve) => {
    createInterface({ input: output })
      .on('line', (line) => {
        const address = /Running on (http:\/\/127\.0\.0\.1:\d+)/.exec(line)?.[1];
        if (address !== undefined) resolve(address);
      })
      .once('close', () => resolve(undefined));
  });
}
