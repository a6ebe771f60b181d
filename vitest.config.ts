import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/{unit,infra,flow}/**/*.test.ts'],
    globalSetup: 'test/global-setup.ts',
    testTimeout: 30_000,
    hookTimeout: 60_000,
    // The default of one second is over before a busy machine has run a retry.
    expect: { poll: { timeout: 20_000 } },
    // Nothing in a test may find a real account by accident.
    env: {
      AWS_ACCESS_KEY_ID: 'test',
      AWS_SECRET_ACCESS_KEY: 'test',
      AWS_REGION: 'us-east-1',
      AWS_ENDPOINT_URL: 'http://127.0.0.1:1',
      AWS_EC2_METADATA_DISABLED: 'true',
    },
  },
});
