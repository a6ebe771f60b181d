import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

const CLI = createRequire(import.meta.url).resolve('aws-cdk/bin/cdk');
/** Lines of a failing command that are shown: its own last words. */
const SHOWN_LINES = 40;

/** A command of the project's own CDK CLI on a cloud assembly, which is not synthesized again. */
export class Cdk {
  readonly #folder: string;
  readonly #env: Readonly<Record<string, string | undefined>>;

  /**
   * @param folder where files are written, and commands run: no `cdk.json` is found there
   * @param env the whole environment of the commands
   */
  constructor(folder: string, env: Readonly<Record<string, string | undefined>>) {
    this.#folder = folder;
    this.#env = env;
  }

  async bootstrap(account: string, region: string): Promise<void> {
    await this.#run(['bootstrap', `aws://${account}/${region}`]);
  }

  /** Deploys all stacks. @returns their outputs by name */
  async deploy(assembly: string): Promise<Readonly<Record<string, string>>> {
    const file = join(this.#folder, 'outputs.json');
    await this.#run(['deploy', '--all', '--app', assembly, '--require-approval', 'never', '--outputs-file', file]);
    const byStack: Readonly<Record<string, Readonly<Record<string, string>>>> = JSON.parse(readFileSync(file, 'utf8'));
    return Object.assign({}, ...Object.values(byStack));
  }

  async destroy(assembly: string): Promise<void> {
    await this.#run(['destroy', '--all', '--force', '--app', assembly]);
  }

  async #run(args: readonly string[]): Promise<void> {
    const child = spawn(process.execPath, [CLI, ...args], {
      cwd: this.#folder,
      env: this.#env,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let printed = '';
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk: Buffer) => (printed += chunk.toString('utf8')));
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    child.once('error', reject);
    child.once('close', (code) => {
      const end = printed.trim().split('\n').slice(-SHOWN_LINES).join('\n');
      if (code === 0) resolve();
      else reject(new Error(`cdk ${args[0]} ended with exit code ${code}:\n${end}`));
    });
    await promise;
  }
}
