import { type ChildProcess, execFile, spawn, spawnSync } from 'node:child_process';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import Stripe from 'stripe';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { close, listen } from '#local/listen.ts';
import type { Runtime } from '#local/running-pipeline.ts';
import { startRuntime } from '#local/runtime.ts';

const ROOT = join(import.meta.dirname, '..', '..');
const HAS_AWS_CLI = spawnSync('aws', ['--version']).status === 0;

/** Synthesized before the tests, by the global set-up. */
const ASSEMBLY = join(ROOT, 'cdk.out');

/** Posts an event as Stripe does, signed by Stripe's own library. */
async function deliver(url: string | undefined, event: object, secret = 'whsec_local'): Promise<Response> {
  const payload = JSON.stringify(event);
  const signature = Stripe.webhooks.generateTestHeaderString({ payload, secret });
  return await fetch(url ?? '', {
    method: 'POST',
    headers: { 'content-type': 'application/json; charset=utf-8', 'stripe-signature': signature },
    body: payload,
  });
}

/** The processes of a group, without those that have ended and that nobody has asked for their exit code yet. */
function livingIn(group: number | undefined): string[] {
  const { stdout } = spawnSync('ps', ['-A', '-o', 'pgid=,stat=,command='], { encoding: 'utf8' });
  const processes = stdout.split('\n').map((line) => line.trim().split(/\s+/));
  return processes
    .filter(([pgid, stat]) => pgid === `${group}` && !stat?.startsWith('Z'))
    .map((line) => line.join(' '));
}

const customerEvent = (id: string) => ({
  id: `evt_${id}`,
  object: 'event',
  type: 'customer.updated',
  created: Math.floor(Date.now() / 1000),
  livemode: false,
  api_version: '2026-10-29',
  data: { object: { id: `cus_${id}`, object: 'customer', name: 'Zoë 🧾', balance: 0 } },
});

describe("the project's own stacks on the local runtime", () => {
  let runtime: Runtime;
  beforeAll(async () => {
    runtime = await startRuntime({
      assembly: ASSEMBLY,
      port: 0,
      awsPort: 0,
      timeScale: 60,
      signingSecret: 'whsec_test',
    });
  });
  afterAll(() => runtime.stop());

  const aws = (...args: string[]) => awsAs('me', ...args);
  const awsAs = async (AWS_ACCESS_KEY_ID: string, ...args: string[]) => {
    const env = { ...process.env, AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY: 'local', AWS_PAGER: '' };
    const global = ['--region', 'us-east-1', '--endpoint-url', runtime.awsUrl, '--output', 'json'];
    const { stdout } = await promisify(execFile)('aws', [...global, ...args], { env });
    return stdout.trim() === '' ? {} : JSON.parse(stdout);
  };

  it('start with nothing left out', () => {
    expect(runtime.unsupported).toEqual([]);
    expect(runtime.outputs.WebhookUrl).toBe(`${runtime.url}/webhooks/stripe`);
  });

  it.skipIf(!HAS_AWS_CLI)('take a signed event through to an object that the aws CLI can read', async () => {
    const answer = await deliver(runtime.outputs.WebhookUrl, customerEvent('cli'), 'whsec_test');
    await runtime.settled();

    expect(await answer.json()).toMatchObject({ received: true, id: 'evt_cli', outcome: 'accepted' });
    const table = runtime.outputs.ObjectsTableName ?? '';
    const { Items } = await aws('dynamodb', 'scan', '--table-name', table);
    expect(Items).toHaveLength(1);
    expect(JSON.parse(Items[0].data.S)).toMatchObject({ id: 'cus_cli', name: 'Zoë 🧾' });
  });

  it.skipIf(!HAS_AWS_CLI)('answer the aws CLI for queues, bus, secret and bucket', async () => {
    // Else the resolver takes what is to be seen in its queue.
    runtime.setPolling('stripe-fanout-dev-resolver', false);
    const { QueueUrl } = await aws('sqs', 'get-queue-url', '--queue-name', 'stripe-fanout-dev-thin');
    const entry = { EventBusName: runtime.outputs.BusName, Source: 'stripe.thin', DetailType: 'x.y', Detail: '{}' };
    const publish = ['events', 'put-events', '--entries', JSON.stringify([entry])];
    const put = await awsAs(runtime.accessKeyOf('stripe-fanout-dev-ingress'), ...publish);
    await aws('sqs', 'send-message', '--queue-url', QueueUrl, '--message-body', 'hello');
    await expect.poll(() => runtime.queueDepths()['stripe-fanout-dev-thin']?.visible).toBe(2);
    const received = await aws('sqs', 'receive-message', '--queue-url', QueueUrl, '--max-number-of-messages', '10');
    const secret = await aws(
      'secretsmanager',
      'get-secret-value',
      '--secret-id',
      runtime.outputs.SigningSecretName ?? '',
    );
    const buckets = await aws('s3api', 'list-buckets');

    expect(put.FailedEntryCount).toBe(0);
    await expect(aws(...publish)).rejects.toThrow('AccessDeniedException');
    expect(received.Messages).toHaveLength(2);
    expect(JSON.parse(secret.SecretString)).toMatchObject({ account: ['whsec_test'] });
    expect(buckets.Buckets).toMatchObject([{ Name: runtime.outputs.PayloadBucketName }]);
  });
});

describe('npm run dev', () => {
  /** Runs it in a process group of its own, so that whatever it leaves behind can be seen. */
  function dev(...args: string[]): ChildProcess & { stdout: NodeJS.ReadableStream; stderr: NodeJS.ReadableStream } {
    const env = { ...process.env, STRIPE_WEBHOOK_SECRET: 'whsec_dev' };
    const child = spawn(process.execPath, ['local/dev.ts', ...args], {
      cwd: ROOT,
      env,
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    onTestFinished(() => {
      const hasEnded = child.exitCode !== null || child.signalCode !== null;
      if (child.pid !== undefined && !hasEnded) process.kill(-child.pid, 'SIGKILL');
    });
    return child;
  }
  const ended = async (child: ChildProcess) => {
    const { promise, resolve } = Promise.withResolvers<number | null>();
    child.once('exit', resolve);
    return await promise;
  };

  it.each(['SIGINT', 'SIGTERM'] as const)(
    'says when it is ready, and ends at %s with all that it started',
    async (signal) => {
      const child = dev('--port', '0', '--aws-port', '0');
      const exit = ended(child);
      let ready: string | undefined;
      for await (const line of createInterface({ input: child.stdout })) {
        ready = /^ready (\S+)$/.exec(line)?.[1];
        if (ready) break;
      }
      const accepted = await deliver(ready, customerEvent('dev'), 'whsec_dev');
      const outputs = await (await fetch(new URL('/_local/outputs', ready))).json();
      const health = await fetch(new URL('/healthz', ready));

      child.kill(signal);
      const code = await exit;

      expect([accepted.status, health.status, code]).toEqual([200, 200, 0]);
      expect(outputs).toMatchObject({ WebhookUrl: ready, BusName: 'stripe-fanout-dev' });
      await expect(fetch(new URL('/healthz', ready))).rejects.toThrow('fetch failed');
      expect(livingIn(child.pid)).toEqual([]);
    },
  );

  it('names the option for a port that is in use', async () => {
    const other = createServer();
    const port = await listen(other, 0);

    const child = dev('--port', '0', '--aws-port', `${port}`);
    const printed = child.stderr.toArray();
    const code = await ended(child);
    await close(other);

    expect(code).toBe(1);
    expect((await printed).join('')).toContain(`Port ${port} is in use. Choose another one with --aws-port.`);
  });

  it('shows why the stacks cannot be synthesized', async () => {
    const child = dev('--stage', 'Not-A-Stage');
    const printed = child.stderr.toArray();

    expect(await ended(child)).toBe(1);
    expect((await printed).join('')).toMatch(/cdk synth ended with exit code 1:[\s\S]*Not-A-Stage/);
  });

  it('explains itself when it is called wrongly', async () => {
    const child = dev('--prot', '1');
    const printed = child.stderr.toArray();

    expect(await ended(child)).toBe(2);
    expect((await printed).join('')).toMatch(/Unknown option '--prot'[\s\S]*Usage: npm run dev/);
  });
});
