import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { LambdaHost } from '#local/lambda/lambda-host.ts';
import { WorkerPool } from '#local/lambda/worker-pool.ts';
import { InFlight } from '#local/observe/in-flight.ts';
import { Observations } from '#local/observe/observations.ts';
import { FIXTURE } from '../start-fixture.ts';

const workerFunction = (name: string, file = 'index.mjs') => ({
  name,
  arn: `arn:${name}`,
  file: join(FIXTURE, 'asset.worker', file),
  exportName: 'handler',
  timeout: 1,
  memory: 128,
  environment: {},
  role: 'arn:role',
  accessKey: name,
});
const batch = (verdict: string) => JSON.stringify({ Records: [{ messageId: 'm', body: JSON.stringify({ verdict }) }] });

let pool: WorkerPool;
afterEach(() => pool.stop());

function hostWith(
  sharedLimit: number,
  reserved: readonly string[] = [],
  log: (name: string, line: string) => void = () => undefined,
): LambdaHost {
  const quotaOf = (name: string) => ({ max: reserved.includes(name) ? 2 : 1, reserved: reserved.includes(name) });
  pool = new WorkerPool(quotaOf, sharedLimit, log);
  const observations = new Observations();
  return new LambdaHost(pool, observations, new InFlight(observations), () => undefined);
}

describe('the worker pool', () => {
  it('uses a warm worker again', async () => {
    const host = hostWith(2);
    const first = await pool.acquire(workerFunction('a'));
    pool.release(first);

    const second = await pool.acquire(workerFunction('a'));
    pool.release(second);

    expect(second).toBe(first);
    expect(await host.invoke(workerFunction('a'), () => batch('fine'))).toBe('{"batchItemFailures":[]}');
  });

  it('ends the worker that was idle for longest to make room', async () => {
    hostWith(2);
    const [a, b] = [await pool.acquire(workerFunction('a')), await pool.acquire(workerFunction('b'))];
    pool.release(a);
    pool.release(b);

    pool.release(await pool.acquire(workerFunction('c')));

    expect([a.ended, b.ended, pool.size]).toEqual([true, false, 2]);
  });

  it('has every line that a worker wrote before its answer, also when it is ended right after', async () => {
    const lines: string[] = [];
    const host = hostWith(1, [], (name) => lines.push(name));
    const names = Array.from({ length: 10 }, (_, i) => `f${i}`);

    for (const name of names) await host.invoke(workerFunction(name), () => batch('fine'));

    expect(lines).toEqual(names);
  });

  it('lets a function wait while all workers are busy, and never more than the limit live', async () => {
    const host = hostWith(2);
    const sizes: number[] = [];
    const names = Array.from({ length: 12 }, (_, i) => `f${i % 5}`);

    const results = names.map(async (name) => {
      const result = await host.invoke(workerFunction(name), () => batch('fine'));
      sizes.push(pool.size);
      return result;
    });

    expect(await Promise.all(results)).toEqual(names.map(() => '{"batchItemFailures":[]}'));
    expect(Math.max(...sizes)).toBeLessThanOrEqual(2);
  });

  it('gives a reserved function workers of its own', async () => {
    hostWith(1, ['ingress']);
    const busy = await pool.acquire(workerFunction('handler'));

    const [one, two] = [await pool.acquire(workerFunction('ingress')), await pool.acquire(workerFunction('ingress'))];

    expect(new Set([busy, one, two]).size).toBe(3);
    for (const worker of [busy, one, two]) pool.release(worker);
  });

  it('fails an invocation whose code does not load, and goes on', async () => {
    const host = hostWith(1);

    const failed = host.invoke(workerFunction('broken', 'missing.mjs'), () => batch('fine'));

    await expect(failed).rejects.toThrow('missing.mjs');
    expect(await host.invoke(workerFunction('a'), () => batch('fine'))).toBe('{"batchItemFailures":[]}');
  });

  it("ends a function at its timeout and names it, and Lambda's words for it", async () => {
    const host = hostWith(1);

    const hanging = host.invoke(workerFunction('slow'), () => batch('hang'));

    await expect(hanging).rejects.toMatchObject({
      errorType: 'Sandbox.Timedout',
      message: 'slow: task timed out after 1 seconds.',
    });
    expect(pool.size).toBe(0);
  });

  it('turns those away that still wait when it stops', async () => {
    const host = hostWith(1);
    await pool.acquire(workerFunction('a'));
    const outcome = host.invoke(workerFunction('b'), () => batch('fine')).catch((error: unknown) => error);

    await pool.stop();

    expect(await outcome).toMatchObject({ errorType: 'Runtime.Stopped' });
  });
});
