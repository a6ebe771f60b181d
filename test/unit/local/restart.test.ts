import { SendMessageCommand } from '@aws-sdk/client-sqs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Runtime } from '#local/running-pipeline.ts';
import { clientsOf, next, startFixture } from './start-fixture.ts';

const lines: string[] = [];
let runtime: Runtime;
beforeEach(async () => {
  lines.length = 0;
  runtime = await startFixture({ log: (_name, line) => void (line.includes('"batch"') && lines.push(line)) });
});
afterEach(() => runtime.stop());

const send = (body: object) =>
  clientsOf(runtime).sqs.send(
    new SendMessageCommand({ QueueUrl: runtime.outputs.WorkUrl, MessageBody: JSON.stringify(body) }),
  );
const ask = (action: string) =>
  fetch(`${runtime.url}/do`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ action }),
  });

describe('a restart of the runtime', () => {
  it('ends the request that is under way, and answers the next at the same address', async () => {
    const asked: Promise<string>[] = [];
    const busy = async () => {
      // Once more, for a function that hangs is ended after two seconds, and this machine may have stood still meanwhile.
      asked.push(
        ask('hang').then(
          () => 'answered',
          () => 'cut off',
        ),
      );
      return await runtime.settled(1).then(String, String);
    };
    await expect.poll(busy).toContain('HTTP requests');

    await runtime.restart();

    expect(await Promise.all(asked)).toContain('cut off');
    expect((await ask('environment')).status).toBe(200);
  });

  it('keeps the messages of the queue, those of the invocation that it ended too', async () => {
    await send({ verdict: 'hang' });
    await expect.poll(() => lines.length).toBe(1);
    runtime.setPolling('worker', false);
    await send({ verdict: 'fine' });

    await runtime.restart();

    // One waits to be shown again, and one that nobody drains: the mapping is still off.
    await expect.poll(() => runtime.queueDepths().work).toMatchObject({ visible: 2, inFlight: 0 });
    expect(lines).toHaveLength(1);
  });

  it('goes on draining the queues that it drained before', async () => {
    await runtime.restart();

    await send({ verdict: 'fine' });
    await next(runtime, 'invoked', ({ function: name }) => name === 'worker');
    await runtime.settled();

    expect(runtime.queueDepths().work).toEqual({ visible: 0, inFlight: 0, delayed: 0 });
  });
});

describe('what a function wrote', () => {
  it('is not lost when the function is killed right after its answer', async () => {
    for (let round = 1; round <= 5; round += 1) {
      const invoked = next(runtime, 'invoked', ({ function: name, ok }) => name === 'worker' && ok);
      await send({ verdict: 'fine' });
      await invoked;
      await runtime.killWorkers('worker');

      expect(lines).toHaveLength(round);
    }
  });
});
