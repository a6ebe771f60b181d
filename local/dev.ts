import { join } from 'node:path';
import { PortInUse } from './listen.ts';
import { startRuntime } from './runtime.ts';
import { synthesize } from './synthesize.ts';
import { compactLogLine } from './terminal/compact-log-line.ts';
import { DEV_USAGE, type DevArguments, devArguments } from './terminal/dev-arguments.ts';
import { UsageError } from './terminal/usage-error.ts';
import { welcome } from './terminal/welcome.ts';

const stopping = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => stopping.abort());

try {
  const options = devArguments(process.argv.slice(2));
  if (options.help) console.log(DEV_USAGE);
  else await run(options);
  // Everything has been ended; a handle that somebody forgot must not keep the terminal waiting.
  process.exit(0);
} catch (thrown) {
  if (stopping.signal.aborted) process.exit(0);
  if (thrown instanceof UsageError) {
    console.error(`${thrown.message}\n\n${DEV_USAGE}`);
    process.exit(2);
  }
  console.error(thrown instanceof Error ? thrown.message : thrown);
  process.exit(1);
}

async function run(options: DevArguments): Promise<void> {
  const { signal } = stopping;
  // A folder of its own: a synthesis elsewhere must not take the code away from under the running functions.
  const assembly = join(import.meta.dirname, '..', 'dist', `local-${options.stage}`);
  console.error('Synthesizing the stacks …');
  await synthesize({ output: assembly, stage: options.stage, signal });
  const log = (name: string, line: string) => {
    const compact = compactLogLine(name, line, options.verbose);
    if (compact !== undefined) console.error(compact);
  };
  const signingSecret = process.env.STRIPE_WEBHOOK_SECRET || undefined;
  const runtime = await startRuntime({ ...options, assembly, signingSecret, log }).catch((thrown: unknown) => {
    throw thrown instanceof PortInUse ? portHint(thrown, options) : thrown;
  });
  console.log(welcome(runtime));
  if (!signal.aborted) await new Promise((resolve) => signal.addEventListener('abort', resolve));
  await runtime.stop();
}

function portHint({ port, message }: PortInUse, { awsPort, stripePort }: DevArguments): Error {
  const option = port === awsPort ? '--aws-port' : port === stripePort ? '--stripe-port' : '--port';
  return new Error(`${message} Choose another one with ${option}.`);
}
