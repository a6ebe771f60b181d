import { join } from 'node:path';
import type { Place } from '../place.ts';
import { cutAssembly } from './cut-assembly.ts';
import { NOT_KEPT } from './shortfalls.ts';
import { startMiniStack } from './start-ministack.ts';

const ACCOUNT = '000000000000';
const REGION = 'us-east-1';

/**
 * MiniStack, started for this run. Commands that deploy to it get an environment in which nothing names a real account:
 * no variable of AWS's or the CDK's but ours, and a home of their own.
 */
export async function ministackPlace(folder: string): Promise<Place> {
  const { url, version, stop } = await startMiniStack(folder);
  const inherited = Object.entries(process.env).filter(([name]) => !/^(AWS|CDK)_/.test(name));
  return {
    name: `MiniStack ${version}`,
    account: ACCOUNT,
    region: REGION,
    endpoint: url,
    env: {
      ...Object.fromEntries(inherited),
      HOME: join(folder, 'home'),
      AWS_ENDPOINT_URL: url,
      AWS_REGION: REGION,
      AWS_DEFAULT_REGION: REGION,
      // The CDK remembers an account for each access key.
      AWS_ACCESS_KEY_ID: `ministack${new URL(url).port}`,
      AWS_SECRET_ACCESS_KEY: 'local',
      AWS_CONFIG_FILE: join(folder, 'no-config'),
      AWS_SHARED_CREDENTIALS_FILE: join(folder, 'no-credentials'),
      AWS_EC2_METADATA_DISABLED: 'true',
    },
    webhookUrl: (output) => {
      const { host, pathname } = new URL(output);
      return `${url}/_aws/execute-api/${host.split('.')[0]}/$default${pathname}`;
    },
    notKept: NOT_KEPT,
    hasMoveTasks: false,
    fit: (assembly, to) => {
      const { leftOut, rewritten } = cutAssembly(assembly, to);
      const changes = [
        ...[...leftOut].map(([kind, count]) => `cannot be created there: ${count} × ${kind}`),
        ...[...rewritten].map(([kind, count]) => `written otherwise there: ${count} × ${kind}`),
      ];
      return { assembly: to, changes };
    },
    close: stop,
  };
}
