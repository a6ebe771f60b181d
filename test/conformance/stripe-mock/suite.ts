import { spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { runTests } from '../run-tests.ts';
import type { Suite } from '../suite.ts';

const MODULE = 'github.com/stripe/stripe-mock@v0.203.0';
const TESTS = ['test/flow/engines/stripe-answers.test.ts'];

export const stripeMock: Suite = {
  name: 'stripe-mock',
  judge: "stripe-mock, Stripe's own description of API v1, on what the resolver and the commands ask of Stripe",
  async run() {
    const program = findProgram();
    if (program === undefined)
      return { outcome: 'skipped', summary: `stripe-mock is not installed (go install ${MODULE})` };
    // Without an address of its own for both it would listen on every interface.
    const args = ['-http-addr', '127.0.0.1:0', '-https-addr', '127.0.0.1:0'];
    const server = spawn(program, args, { stdio: ['ignore', 'pipe', 'ignore'] });
    const ended = new Promise((resolve) => server.once('close', resolve));
    try {
      const address = await addressIn(server.stdout);
      if (address === undefined) return { outcome: 'disagreed', summary: 'stripe-mock ended before it listened' };
      return await runTests(TESTS, { STRIPE_UNDER_TEST: address });
    } finally {
      server.kill();
      await ended;
    }
  },
};

/** On the path, or where Go puts what it installs. */
function findProgram(): string | undefined {
  if (spawnSync('stripe-mock', ['-version']).error === undefined) return 'stripe-mock';
  const { error, stdout } = spawnSync('go', ['env', 'GOPATH'], { encoding: 'utf8' });
  const installed = error === undefined ? join(stdout.trim(), 'bin', 'stripe-mock') : '';
  return existsSync(installed) ? installed : undefined;
}

/** The server says where it listens among other lines, and is read on, so that it never waits for a full pipe. */
function addressIn(output: NodeJS.ReadableStream): Promise<string | undefined> {
  return new Promise((resolve) => {
    createInterface({ input: output })
      .on('line', (line) => {
        const address = /Listening for HTTP at address: (127\.0\.0\.1:\d+)/.exec(line)?.[1];
        if (address !== undefined) resolve(`http://${address}`);
      })
      .once('close', () => resolve(undefined));
  });
}
