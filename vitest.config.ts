import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

/** Unit tests that try every order and every crash: long, so that one of them must not be the last to begin. */
const EXHAUSTIVE = ['test/unit/simulation/**/*.test.ts', 'test/unit/reconciler/crashes.test.ts'];

export default defineConfig({
  test: {
    // What needs the synthesized stacks starts first: the long files are there, and the short ones fill the gaps.
    projects: [
      {
        extends: true,
        test: { name: 'flow', include: ['test/flow/**/*.test.ts'], globalSetup: 'test/global-setup.ts' },
      },
      { extends: true, test: { name: 'infra', include: ['test/infra/**/*.test.ts'] } },
      { extends: true, test: { name: 'exhaustive', include: EXHAUSTIVE } },
      { extends: true, test: { name: 'unit', include: ['test/unit/**/*.test.ts'], exclude: EXHAUSTIVE } },
    ],
    globalSetup: 'test/temporary-folder.ts',
    // Half of a flow test is waiting: with a process for each core, two cores would be idle for half of the time.
    maxWorkers: Math.max(3, availableParallelism()),
    // A file leaves nothing behind: most of a run would else go into loading the CDK and the clients again for each.
    isolate: false,
    restoreMocks: true,
    unstubEnvs: true,
    // They end what hangs, and nothing else: a slow or busy machine takes several times what a quick one does.
    testTimeout: 180_000,
    hookTimeout: 240_000,
    expect: { poll: { timeout: 60_000 } },
    env: {
      // Nothing in a test may find a real account by accident.
      AWS_ACCESS_KEY_ID: 'test',
      AWS_SECRET_ACCESS_KEY: 'test',
      AWS_REGION: 'us-east-1',
      AWS_ENDPOINT_URL: 'http://127.0.0.1:1',
      AWS_EC2_METADATA_DISABLED: 'true',
      // The CDK's own validator takes longer than a synthesis. The whole stacks go through it, in nag.test.ts.
      CDK_VALIDATION: 'false',
    },
  },
});
