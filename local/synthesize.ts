import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { devNull } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { AssemblyStamp } from './assembly/assembly-stamp.ts';

const ROOT = join(import.meta.dirname, '..');

export interface SynthesizeOptions {
  /** Folder for the cloud assembly; made, or replaced. */
  readonly output: string;
  /** Stage of `infra/config.ts`, or any other name where `config` is given. */
  readonly stage: string;
  /** What an entry of `infra/config.ts` would be, for a stage that has none. */
  readonly config?: Readonly<Record<string, unknown>> | undefined;
  /** Ends the synthesis. */
  readonly signal?: AbortSignal | undefined;
}

/** `cdk synth` failed; the message holds what it printed. */
export class SynthesisFailed extends Error {
  override readonly name = 'SynthesisFailed';
}

/**
 * Makes the cloud assembly of a stage, unless the one that stands was made from the same sources: most starts find it.
 * @throws {SynthesisFailed}
 */
export async function synthesize(options: SynthesizeOptions): Promise<void> {
  const stamp = new AssemblyStamp(ROOT, options.output, contextOf(options).join(' '));
  if (stamp.isCurrent()) return;
  stamp.remove();
  await runCdkSynth(options);
  stamp.write();
}

/**
 * Runs `cdk synth` in a process of its own, with the project's own CLI and this process's Node. The templates are the
 * same as `npm run synth`'s; cdk-nag and the quotas are checked too. Only the CDK's validator of CloudFormation, which
 * takes 340 MB more and changes nothing in them, is left to `npm run synth` and the tests.
 */
async function runCdkSynth(options: SynthesizeOptions): Promise<void> {
  const { output, signal } = options;
  const cli = createRequire(import.meta.url).resolve('aws-cdk/bin/cdk');
  const context = contextOf(options).flatMap((one) => ['--context', one]);
  const args = [cli, 'synth', '--quiet', '--output', output, ...context];
  const child = spawn(process.execPath, ['--max-semi-space-size=2', ...args], {
    cwd: ROOT,
    env: { ...offlineEnvironment(process.env), CDK_VALIDATION: 'false' },
    stdio: ['ignore', 'pipe', 'pipe'],
    ...(signal ? { signal } : {}),
  });
  let printed = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => (printed += chunk.toString()));
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  child.once('error', reject);
  child.once('close', (code) => {
    if (code === 0) resolve();
    else reject(new SynthesisFailed(`cdk synth ended with exit code ${code}:\n${printed.trim()}`));
  });
  await promise;
}

/** What `infra/app.ts` is told. */
function contextOf({ stage, config }: SynthesizeOptions): readonly string[] {
  return [`stage=${stage}`, ...(config ? [`config=${JSON.stringify(config)}`] : [])];
}

/**
 * The CLI asks AWS for the default account when it finds credentials; the templates need none. `cdk.json` starts
 * `node` from the path, which must be this one and not an older one of the machine.
 */
function offlineEnvironment(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const kept = Object.entries(env).filter(([name]) => !name.startsWith('AWS_'));
  return {
    ...Object.fromEntries(kept),
    PATH: [dirname(process.execPath), env.PATH].join(delimiter),
    AWS_CONFIG_FILE: devNull,
    AWS_SHARED_CREDENTIALS_FILE: devNull,
    AWS_EC2_METADATA_DISABLED: 'true',
  };
}
