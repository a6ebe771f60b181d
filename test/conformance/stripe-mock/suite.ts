import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { runTests } from '../run-tests.ts';
import type { Suite } from '../suite.ts';
import { withEngine } from '../with-engine.ts';

const MODULE = 'github.com/stripe/stripe-mock@v0.203.0';
const TESTS = ['test/flow/engines/stripe-answers.test.ts'];

export const stripeMock: Suite = {
  name: 'stripe-mock',
  judge: "stripe-mock, Stripe's own description of API v1, on what the resolver and the commands ask of Stripe",
  async run() {
    const program = findProgram();
    if (program === undefined)
      return { outcome: 'skipped', summary: `stripe-mock is not installed (go install ${MODULE})` };
    const server = {
      name: 'stripe-mock',
      command: program,
      // Without an address of its own for both it would listen on every interface.
      args: ['-http-addr', '127.0.0.1:0', '-https-addr', '127.0.0.1:0'],
      address: /Listening for HTTP at address: (127\.0\.0\.1:\d+)/,
    };
    return await withEngine(server, (url) => runTests(TESTS, { STRIPE_UNDER_TEST: url }));
  },
};

/** On the path, or where Go puts what it installs. */
function findProgram(): string | undefined {
  if (spawnSync('stripe-mock', ['-version']).error === undefined) return 'stripe-mock';
  const { error, stdout } = spawnSync('go', ['env', 'GOPATH'], { encoding: 'utf8' });
  const installed = error === undefined ? join(stdout.trim(), 'bin', 'stripe-mock') : '';
  return existsSync(installed) ? installed : undefined;
}
