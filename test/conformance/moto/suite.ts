import { spawnSync } from 'node:child_process';
import { runTests } from '../run-tests.ts';
import type { Suite } from '../suite.ts';
import { withEngine } from '../with-engine.ts';

const TESTS = ['test/flow/engines/bus-and-queues.test.ts'];

export const moto: Suite = {
  name: 'moto',
  judge: 'moto, on the bus, rules and queues of the templates: an engine that shares nothing with ours',
  async run() {
    const version = spawnSync('moto_server', ['--version'], { encoding: 'utf8' });
    if (version.error)
      return { outcome: 'skipped', summary: "moto_server is not installed (pip install 'moto[server]')" };
    const server = {
      name: 'moto_server',
      command: 'moto_server',
      args: ['-H', '127.0.0.1', '-p', '0'],
      address: /Running on http:\/\/(127\.0\.0\.1:\d+)/,
    };
    return await withEngine(server, (url) => runTests(TESTS, { AWS_UNDER_TEST: url }));
  },
};
