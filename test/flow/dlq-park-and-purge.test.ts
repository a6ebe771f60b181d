import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DeleteObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { ReceiveMessageCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterEach, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { fillDlq } from './fill-dlq.ts';
import { cli, cliJson } from './run-cli.ts';
import { fresh, startPipeline } from './start-pipeline.ts';

let pipeline: Awaited<ReturnType<typeof startPipeline>>;
beforeEach(async () => {
  pipeline = await startPipeline();
});
afterEach(() => pipeline[Symbol.asyncDispose]());

const depth = (queue: string) => pipeline.runtime.queueDepths()[queue]?.visible;

describe('fanout dlq park and unpark', () => {
  it('put chosen dead letters aside with a reason, and send them to the queue later', async () => {
    const parked = await fillDlq(pipeline, 'core', 'charge.succeeded', 3);
    await fillDlq(pipeline, 'core', 'payout.paid', 2);
    const park = ['dlq', 'park', 'core', '--type', 'charge.succeeded', '--reason', 'the bank is closed'];

    const plan = await cliJson(pipeline, ...park);
    const before = depth('stripe-fanout-dev-core-dlq');
    const done = await cliJson(pipeline, ...park, '--yes');
    const after = depth('stripe-fanout-dev-core-dlq');
    const back = await cliJson(pipeline, 'dlq', 'unpark', 'core', '--yes');
    await pipeline.runtime.settled();
    const again = await cliJson(pipeline, 'dlq', 'unpark', 'core', '--yes');

    expect([plan.data.done, before]).toEqual([false, 5]);
    expect(done).toMatchObject({ code: 0, data: { moved: 3, left: 2 } });
    expect(after).toBe(2);
    expect(back.data).toMatchObject({ moved: 3, unknown: [] });
    for (const id of parked) expect(pipeline.handledBy(id)).toEqual(['stripe-fanout-dev-handler-core']);
    expect(again.data.moved).toBe(0);
  });

  it('keep what a message only refers to, though that expires', async () => {
    pipeline.runtime.setPolling('stripe-fanout-dev-handler-core', false);
    const event = fresh('customer.updated');
    const object = { ...event.data.object, description: 'é'.repeat(150_000) };
    await pipeline.send({ ...event, data: { ...event.data, object } });
    const sqs = new SQSClient(pipeline.aws);
    const s3 = new S3Client({ ...pipeline.aws, forcePathStyle: true });
    const { QueueUrlCore, DlqUrlCore, PayloadBucketName } = pipeline.runtime.outputs;
    await expect.poll(() => depth('stripe-fanout-dev-core')).toBe(1);
    const { Messages = [] } = await sqs.send(new ReceiveMessageCommand({ QueueUrl: QueueUrlCore }));
    await sqs.send(new SendMessageCommand({ QueueUrl: DlqUrlCore, MessageBody: Messages[0]?.Body }));

    await cliJson(pipeline, 'dlq', 'park', 'core', '--reason', 'later', '--yes');
    await s3.send(new DeleteObjectCommand({ Bucket: PayloadBucketName, Key: `events/${event.id}.json` }));
    await cliJson(pipeline, 'dlq', 'unpark', 'core', '--yes');
    pipeline.runtime.setPolling('stripe-fanout-dev-handler-core', true);
    await pipeline.runtime.settled();
    sqs.destroy();
    s3.destroy();

    expect((await cliJson(pipeline, 'where', String(event.data.object.id), '--data')).data[0].data).toEqual(object);
  });
});

describe('fanout dlq export', () => {
  it('writes the chosen dead letters to a new file, leaves them where they are, and never overwrites one', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'export-'));
    onTestFinished(() => rm(folder, { recursive: true }));
    const file = join(folder, 'core.ndjson');
    const ids = await fillDlq(pipeline, 'core', 'charge.succeeded', 12);

    const { data } = await cliJson(pipeline, 'dlq', 'export', 'core', '--to', file);
    const twice = await cli(pipeline, 'dlq', 'export', 'core', '--to', file);

    const lines = (await readFile(file, 'utf8')).trimEnd().split('\n');
    const exported = lines.map((line) => JSON.parse(line));
    expect(data).toMatchObject({ written: 12, complete: true });
    expect(exported.map(({ event }) => event).sort()).toEqual([...ids].sort());
    expect(JSON.parse(exported[0].body).detail.id).toBe(exported[0].event);
    expect(depth('stripe-fanout-dev-core-dlq')).toBe(12);
    expect(twice).toMatchObject({ code: 2, stderr: expect.stringContaining('cannot be made') });
  });
});

describe('fanout dlq purge', () => {
  it('deletes only when the right count is typed in, and only the chosen ones', async () => {
    await fillDlq(pipeline, 'core', 'charge.succeeded', 3);
    await fillDlq(pipeline, 'core', 'payout.paid', 2);
    const purge = ['dlq', 'purge', 'core', '--type', 'charge.succeeded'];

    const counted = await cliJson(pipeline, ...purge);
    const wrong = await cliJson(pipeline, ...purge, '--count', '5');
    const before = depth('stripe-fanout-dev-core-dlq');
    const right = await cliJson(pipeline, ...purge, '--count', '3');

    expect(counted).toMatchObject({ code: 0, data: { chosen: 3, deleted: 0 } });
    expect(wrong).toMatchObject({ code: 1, data: { chosen: 3, deleted: 0 } });
    expect(before).toBe(5);
    expect(right).toMatchObject({ code: 0, data: { chosen: 3, deleted: 3 } });
    expect(depth('stripe-fanout-dev-core-dlq')).toBe(2);
  });
});
