import { setTimeout as sleep } from 'node:timers/promises';
import {
  CancelMessageMoveTaskCommand,
  ListMessageMoveTasksCommand,
  ReceiveMessageCommand,
  SQSClient,
  StartMessageMoveTaskCommand,
} from '@aws-sdk/client-sqs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { counted, fillDlq } from './fill-dlq.ts';
import { cliJson, startCliOn } from './run-cli.ts';
import { fresh, startPipeline } from './start-pipeline.ts';

let pipeline: Awaited<ReturnType<typeof startPipeline>>;
let sqs: SQSClient;
beforeEach(async () => {
  pipeline = await startPipeline();
  sqs = new SQSClient(pipeline.aws);
});
afterEach(async () => {
  sqs.destroy();
  await pipeline[Symbol.asyncDispose]();
});

const [DLQ, QUEUE] = ['stripe-fanout-dev-core-dlq', 'stripe-fanout-dev-core'];
const depth = (queue: string) => pipeline.runtime.queueDepths()[queue];
const pause = () => pipeline.runtime.setPolling('stripe-fanout-dev-handler-core', false);

/** Takes all of a queue out. @returns the ids of the events in it, with a repeat for each copy */
const drain = async (output: string) => (await messagesIn(output)).map(({ id }) => id);

/** Takes all of a queue out, with the milliseconds at which each came. */
async function messagesIn(output: string): Promise<{ id: string; sentAt: number }[]> {
  const found: { id: string; sentAt: number }[] = [];
  for (;;) {
    const { Messages = [] } = await sqs.send(
      new ReceiveMessageCommand({
        QueueUrl: pipeline.runtime.outputs[output],
        MaxNumberOfMessages: 10,
        MessageSystemAttributeNames: ['SentTimestamp'],
        VisibilityTimeout: 43_200,
      }),
    );
    if (Messages.length === 0) return found;
    for (const { Body, Attributes } of Messages) {
      found.push({ id: String(JSON.parse(Body ?? '').detail.id), sentAt: Number(Attributes?.SentTimestamp) });
    }
  }
}

describe('dlq redrive without a filter', () => {
  it('only prints its plan without --yes, and has SQS move everything with it, until all is handled', async () => {
    const ids = await fillDlq(pipeline, 'core', 'charge.succeeded', 12);

    const plan = await cliJson(pipeline, 'dlq', 'redrive', 'core');
    const untouched = depth(DLQ);
    const done = await cliJson(pipeline, 'dlq', 'redrive', 'core', '--yes', '--rate', '100');
    await pipeline.runtime.settled();

    expect(plan.data).toMatchObject({ done: false, plan: { way: 'native', deadLetters: 12 } });
    expect(untouched).toMatchObject({ visible: 12 });
    expect(done).toMatchObject({ code: 0, data: { status: 'COMPLETED', moved: 12, left: 0, joined: false } });
    for (const id of ids) expect(pipeline.handledBy(id)).toHaveLength(1);
    // The task keeps to it, here and in AWS.
    const list = new ListMessageMoveTasksCommand({ SourceArn: `arn:aws:sqs:us-east-1:000000000000:${DLQ}` });
    expect((await sqs.send(list)).Results).toMatchObject([{ MaxNumberOfMessagesPerSecond: 100 }]);
  });

  it('cancels the move when it is asked to stop, and what was moved stays moved', async () => {
    pause();
    await fillDlq(pipeline, 'core', 'charge.succeeded', 30);

    const { child, ended } = startCliOn(pipeline, 'dlq', 'redrive', 'core', '--yes', '--rate', '5', '--json');
    await expect.poll(() => depth(QUEUE)?.visible).toBeGreaterThan(2);
    child.kill('SIGINT');
    const { code, stdout } = await ended;

    const { status, moved, left } = JSON.parse(stdout);
    expect({ code, status }).toEqual({ code: 1, status: 'CANCELLED' });
    expect(moved + left).toBe(30);
    expect(depth(QUEUE)?.visible).toBe(moved);
  });

  it('finds and watches a move that runs already', async () => {
    pause();
    await fillDlq(pipeline, 'core', 'charge.succeeded', 60);
    const arn = (name: string) => `arn:aws:sqs:us-east-1:000000000000:${name}`;
    const move = { SourceArn: arn(DLQ), DestinationArn: arn(QUEUE), MaxNumberOfMessagesPerSecond: 1 };
    const { TaskHandle } = await sqs.send(new StartMessageMoveTaskCommand(move));

    const scan = await cliJson(pipeline, 'dlq', 'show', 'core', '--scan');
    const { ended } = startCliOn(pipeline, 'dlq', 'redrive', 'core', '--yes', '--json');
    await expect.poll(async () => JSON.stringify(await pipeline.rows())).toContain('a redrive');
    const moved = depth(QUEUE)?.visible ?? 0;
    await expect.poll(() => depth(QUEUE)?.visible).toBeGreaterThan(moved + 2);
    await sqs.send(new CancelMessageMoveTaskCommand({ TaskHandle }));
    const { code, stdout } = await ended;

    expect(scan).toMatchObject({ code: 1, data: { error: { code: 'move_running' } } });
    expect(JSON.parse(stdout)).toMatchObject({ status: 'CANCELLED', joined: true });
    expect(code).toBe(1);
  });
});

describe('a filtered dlq redrive', () => {
  it('moves exactly the chosen ones, at no more than the set rate in any stretch of time', async () => {
    pause();
    const chosen = await fillDlq(pipeline, 'core', 'charge.succeeded', 25);
    await fillDlq(pipeline, 'core', 'payout.paid', 8);

    const { code, data } = await cliJson(
      pipeline,
      ...['dlq', 'redrive', 'core', '--type', 'charge.succeeded', '--rate', '10', '--yes'],
    );

    expect({ code, ...data }).toMatchObject({ code: 0, moved: 25, left: 8, cameBack: 0, unknown: [], complete: true });
    const messages = await messagesIn('QueueUrlCore');
    expect(messages.map(({ id }) => id).sort()).toEqual([...chosen].sort());
    expect(depth(DLQ)).toEqual({ visible: 8, inFlight: 0, delayed: 0 });
    // As SQS saw them come: between one and the n-th after it are n - 1 whole gaps, whatever each request took.
    const times = messages.map(({ sentAt }) => sentAt).sort((a, b) => a - b);
    for (const [i, from] of times.entries()) {
      for (const [j, to] of times.entries()) {
        if (j > i) expect(to - from, `${i} to ${j}`).toBeGreaterThanOrEqual((j - i - 1) * 100 - 2);
      }
    }
  });

  it('chooses by id and by error, and stops at the limit', async () => {
    pause();
    const [first = '', ...others] = await fillDlq(pipeline, 'core', 'charge.succeeded', 6);

    const byId = await cliJson(pipeline, 'dlq', 'redrive', 'core', '--ids', first, '--yes');
    const byError = await cliJson(
      pipeline,
      ...['dlq', 'redrive', 'core', '--error', 'crashed_or_killed', '--limit', '2', '--yes'],
    );

    expect(byId.data).toMatchObject({ moved: 1, left: 5 });
    expect(byError.data).toMatchObject({ moved: 2, plan: { way: 'selective' } });
    const moved = await drain('QueueUrlCore');
    expect(moved).toContain(first);
    expect(new Set([...moved, ...(await drain('DlqUrlCore'))])).toEqual(new Set([first, ...others]));
  });

  it('does not move again what fails again while it runs', async () => {
    const poison = await fillDlq(pipeline, 'core', 'customer.created', 3);
    pipeline.runtime.faults.add({
      service: 'dynamodb',
      operation: 'PutItem',
      match: 'customer.created',
      times: 'always',
      error: 'AccessDeniedException',
    });

    const { data } = await cliJson(
      pipeline,
      ...['dlq', 'redrive', 'core', '--type', 'customer.created', '--rate', '1', '--yes'],
    );
    await pipeline.runtime.settled();

    expect(data.moved).toBe(3);
    expect((await drain('DlqUrlCore')).sort()).toEqual([...poison].sort());
  });

  it('refuses to work beside another one, and says who that is', async () => {
    pause();
    await fillDlq(pipeline, 'core', 'charge.succeeded', 60);

    const first = startCliOn(pipeline, 'dlq', 'redrive', 'core', '--type', 'charge.succeeded', '--rate', '1', '--yes');
    await expect.poll(() => depth(QUEUE)?.visible).toBeGreaterThan(0);
    const second = await cliJson(pipeline, 'dlq', 'show', 'core', '--scan');
    first.child.kill('SIGINT');
    const { code, stdout } = await first.ended;

    expect(second).toMatchObject({ code: 1, data: { error: { code: 'locked' } } });
    expect(second.data.error.message).toContain(`process ${first.child.pid}`);
    expect({ code, stdout }).toMatchObject({ code: 1, stdout: expect.stringContaining('Stopped before all was seen') });
  });
});

describe('dead letters of both kinds, those the queue gave up and those EventBridge could not deliver,', () => {
  it.each([
    ['by SQS itself', []],
    ['one by one', ['--older-than', '0s', '--rate', '100']],
  ])('are redriven alike, and handled: %s', async (_, options) => {
    const [failing, undelivered] = [fresh('customer.created'), fresh('customer.updated')];
    const closed = pipeline.runtime.faults.add({
      service: 'sqs',
      operation: 'SendMessage',
      match: undelivered.id,
      error: 'AccessDenied',
    });
    const broken = pipeline.runtime.faults.add({
      service: 'dynamodb',
      operation: 'PutItem',
      match: String(failing.data.object.id),
      times: 'always',
      error: 'AccessDeniedException',
    });
    for (const event of [failing, undelivered]) await pipeline.send(event);
    await pipeline.runtime.settled();
    const shown = await cliJson(pipeline, 'dlq', 'show', 'core', '--scan');
    for (const fault of [closed, broken]) pipeline.runtime.faults.remove(fault);

    const { code } = await cliJson(pipeline, 'dlq', 'redrive', 'core', ...options, '--yes');
    await pipeline.runtime.settled();

    const errors = shown.data.groups.map(({ key }: { key: string }) => key);
    expect(errors.toSorted()).toEqual(['NO_PERMISSIONS', 'objects_unavailable']);
    expect(code).toBe(0);
    for (const { id } of [failing, undelivered]) expect(pipeline.handledBy(id)).toHaveLength(1);
    expect(depth(DLQ)).toEqual({ visible: 0, inFlight: 0, delayed: 0 });
  });
});

const KILLS = counted(3, 50);

describe('a filtered dlq redrive that is killed', () => {
  it(`loses nothing and reports what is unknown (${KILLS} times SIGKILL at random points)`, async () => {
    pause();
    const chosen = await fillDlq(pipeline, 'core', 'charge.succeeded', 40 * KILLS);
    const others = await fillDlq(pipeline, 'core', 'payout.paid', 15);
    const args = ['dlq', 'redrive', 'core', '--type', 'charge.succeeded', '--rate', '100', '--yes'];

    for (let kill = 0; kill < KILLS; kill += 1) {
      const { child, ended } = startCliOn(pipeline, ...args);
      const before = depth(QUEUE)?.visible ?? 0;
      await expect
        .poll(() => (depth(QUEUE)?.visible ?? 0) > before || child.exitCode !== null, { interval: 5 })
        .toBe(true);
      await sleep(Math.random() * 100);
      child.kill('SIGKILL');
      await ended;
    }
    await expect.poll(() => depth(DLQ)?.inFlight).toBe(0);
    const { code, data } = await cliJson(pipeline, ...args);

    const moved = await drain('QueueUrlCore');
    const left = await drain('DlqUrlCore');
    expect(new Set(moved)).toEqual(new Set(chosen));
    expect(left.sort()).toEqual([...others].sort());
    const twice = moved.filter((id, i) => moved.indexOf(id) < i);
    expect(data).toMatchObject({ left: 15, hidden: 0, unknown: [], complete: true });
    expect(data.interrupted.what).toBe('a redrive');
    expect(data.interrupted.unknown).toEqual(expect.arrayContaining(twice));
    expect(code).toBe(0);
  }, 600_000);
});
