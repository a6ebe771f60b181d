import { execFileSync } from 'node:child_process';
import { cpSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runInNewContext } from 'node:vm';
import type { SubscriberConfig } from '#infra/configuration/subscriber-config.ts';
import { packed, projectWith } from '../packed-package.ts';

/** What the example's package.json names besides the tarball. */
const PACKAGES = [
  '@aws-sdk/client-dynamodb',
  '@aws-sdk/client-s3',
  '@types/node',
  'aws-cdk-lib',
  'constructs',
  'esbuild',
  'stripe',
  'typescript',
  'undici-types',
];

/** The example outside the tree, with the packed tarball installed, as another team would have it. */
export class DunningService {
  readonly folder = projectWith(packed(), 'examples/dunning-service', PACKAGES);

  /**
   * Synthesizes its app.
   * @param options context of the CLI, such as `stage`
   * @param account that somebody is signed in to; by default nobody is
   * @returns the folder of the assembly
   */
  synthesize(options: Readonly<Record<string, string>> = {}, account?: string): string {
    const output = join(this.folder, `${options.stackName ?? 'DunningService'}.out`);
    const { PATH = '' } = process.env;
    const signedIn = account === undefined ? {} : { CDK_DEFAULT_ACCOUNT: account, CDK_DEFAULT_REGION: 'us-east-1' };
    execFileSync(process.execPath, ['app.ts'], {
      cwd: this.folder,
      // As the CDK's CLI starts it.
      env: { PATH, CDK_OUTDIR: output, CDK_CONTEXT_JSON: JSON.stringify(options), ...signedIn },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    return output;
  }

  /** Runs a tool of its own. @returns what it printed, and fails if the tool does */
  run(...args: readonly string[]): string {
    return execFileSync(process.execPath, args, { cwd: this.folder, encoding: 'utf8' });
  }

  /** What the synthesis of the stack `Direct` says to add to `subscribers`, as the configuration's compiler reads it. */
  rowIn(assembly: string): SubscriberConfig {
    const printed = readFileSync(join(assembly, 'Direct.metadata.json'), 'utf8');
    const [, row = ''] = /infra\/config\.ts: (\{.*?\}),"/.exec(printed) ?? [];
    return runInNewContext(`(${row.replaceAll('\\"', '"')})`);
  }

  /** A copy of an assembly, for one that is to be changed. */
  copy(assembly: string): string {
    const copied = `${assembly}.copy`;
    cpSync(assembly, copied, { recursive: true });
    return copied;
  }
}
