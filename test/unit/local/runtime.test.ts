import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { ReceiveMessageCommand, SendMessageCommand } from '@aws-sdk/client-sqs';
import { afterEach, describe, expect, it } from 'vitest';
import { close, listen, PortInUse } from '#local/listen.ts';
import type { Runtime } from '#local/running-pipeline.ts';
import { clientsOf, FIXTURE, startFixture } from './start-fixture.ts';

const cleanups: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

async function start(options: Parameters<typeof startFixture>[0] = {}): Promise<Runtime> {
  const runtime = await startFixture(options);
  cleanups.push(() => runtime.stop());
  return runtime;
}

/** A copy of the fixture with one template changed. */
async function changed(template: string, change: (text: string) => string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'assembly-'));
  cleanups.push(() => rm(folder, { recursive: true }));
  await cp(FIXTURE, folder, { recursive: true });
  const file = join(folder, template);
  await writeFile(file, change(await readFile(file, 'utf8')));
  return folder;
}

describe('the runtime', () => {
  it('names what it does not emulate', async () => {
    const { unsupported } = await start();

    expect(unsupported).toEqual([
      { resource: 'App/Cluster', type: 'AWS::ECS::Cluster', what: 'the resource type is not emulated' },
    ]);
  });

  it('listens on the loopback interface only', async () => {
    const { url, awsUrl } = await start();

    for (const address of [url, awsUrl]) {
      expect(new URL(address).hostname).toBe('127.0.0.1');
      // Another address of the same machine's loopback network: a server on all interfaces would answer there.
      await expect(fetch(address.replace('127.0.0.1', '127.0.0.2'))).rejects.toThrow('fetch failed');
    }
  });

  it('names the port that is in use, and leaves nothing behind', async () => {
    const other = createServer();
    const port = await listen(other, 0);
    cleanups.push(() => close(other));

    const failed = startFixture({ port });

    await expect(failed).rejects.toThrow(PortInUse);
    await expect(failed).rejects.toMatchObject({ port });
  });

  it('refuses to start when a function could reach real AWS', async () => {
    const assembly = await changed('App.template.json', (text) =>
      text.replace(
        '"Variables": { "QUEUE_URL": {',
        '"Variables": { "AWS_ENDPOINT_URL_SQS": "https://sqs.eu-west-1.amazonaws.com", "QUEUE_URL": {',
      ),
    );

    await expect(startFixture({ assembly })).rejects.toThrow('worker would reach real AWS: AWS_ENDPOINT_URL_SQS is');
  });

  it.each([
    [
      'a pattern EventBridge would refuse',
      (text: string) => text.replace('"source": ["lost"]', '"source": "lost"'),
      'App/LostRule: ',
    ],
    [
      'a function without its code',
      (text: string) => text.replace('worker.zip', 'gone.zip'),
      'worker: the code is not a file asset',
    ],
    [
      'a function of another runtime',
      (text: string) => text.replace('nodejs24.x', 'python3.14'),
      'runs nodejs functions only',
    ],
    [
      'a handler file that is not there',
      (text: string) => text.replace('"index.handler"', '"main.handler"'),
      'has no main.mjs',
    ],
  ])('refuses to start with %s, naming it', async (_what, change, message) => {
    const assembly = await changed('App.template.json', change);

    await expect(startFixture({ assembly })).rejects.toThrow(message);
  });

  it('is settled only when deliveries, retries and queues are through', async () => {
    const runtime = await start();
    const { events, sqs } = clientsOf(runtime);
    runtime.faults.add({ service: 'sqs', operation: 'SendMessage', match: 'untended', error: 'ServiceUnavailable' });

    await events.send(
      new PutEventsCommand({
        Entries: [{ EventBusName: 'colours', Source: 'paint', DetailType: 'red', Detail: '{}' }],
      }),
    );
    await sqs.send(
      new SendMessageCommand({ QueueUrl: runtime.outputs.WorkUrl, MessageBody: '{"verdict":"fine"}', DelaySeconds: 5 }),
    );
    await runtime.settled();

    expect(runtime.queueDepths()).toMatchObject({
      untended: { visible: 1 },
      work: { visible: 0, inFlight: 0, delayed: 0 },
    });
  });

  it('says what still goes on when it does not settle', async () => {
    const runtime = await start({ timeScale: 1 });
    const message = new SendMessageCommand({ QueueUrl: runtime.outputs.WorkUrl, MessageBody: '{"verdict":"fail"}' });
    await clientsOf(runtime).sqs.send(message);

    await expect(runtime.settled(500)).rejects.toThrow('Not settled after 500 ms: 1 × messages in work.');
  });

  it('stops at once whatever goes on, also twice', async () => {
    const runtime = await startFixture();
    const { sqs } = clientsOf(runtime);
    const QueueUrl = runtime.outputs.WorkUrl;
    const POLL_S = 20;
    await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: '{"verdict":"hang"}' }));
    const poll = new ReceiveMessageCommand({
      QueueUrl: QueueUrl?.replace(/work$/, 'untended'),
      WaitTimeSeconds: POLL_S,
    });
    const polling = sqs.send(poll).catch((error: Error) => error);
    const hanging = fetch(`${runtime.url}/do`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{"action":"hang"}',
    }).catch((error: Error) => error);

    const started = performance.now();
    await Promise.all([runtime.stop(), runtime.stop()]);
    const elapsed = performance.now() - started;

    expect(elapsed).toBeLessThan(POLL_S * 1_000);
    expect(await polling).toBeInstanceOf(Error);
    expect(await hanging).toBeDefined();
    await expect(fetch(runtime.url)).rejects.toThrow('fetch failed');
  });
});
