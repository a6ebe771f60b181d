import { GetObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fresh, type Item, SECRET, sign, startPipeline } from './start-pipeline.ts';

let pipeline: Awaited<ReturnType<typeof startPipeline>>;
beforeAll(async () => {
  pipeline = await startPipeline();
});
afterAll(() => pipeline[Symbol.asyncDispose]());

/** Text of an object in the payload bucket. */
async function stored(key: string): Promise<string | undefined> {
  const s3 = new S3Client({ ...pipeline.aws, forcePathStyle: true });
  const command = new GetObjectCommand({ Bucket: pipeline.runtime.outputs.PayloadBucketName, Key: key });
  const text = await (await s3.send(command)).Body?.transformToString();
  s3.destroy();
  return text;
}

const keyOf = (row: Item | undefined) => row?.dataAt?.M?.key?.S ?? '';

describe('an event of 1.5 MB', () => {
  it('crosses the bus as a reference, and its object is kept complete', async () => {
    const event = fresh('customer.updated');
    const object = { ...event.data.object, description: 'é'.repeat(750_000) };

    const answer = await pipeline.send({ ...event, data: { ...event.data, object } });
    await pipeline.runtime.settled();

    expect(answer).toEqual({ status: 200, outcome: 'accepted' });
    expect(pipeline.published(event.id)).toMatchObject([{ type: event.type, fanout: { payload: 'reference' } }]);
    const row = await pipeline.row(event.data.object.id);
    expect(JSON.parse((await stored(keyOf(row))) ?? '')).toEqual(object);
  });
});

describe('an event nested deeper than the bus takes', () => {
  it('is kept as it came, announced to the handler for the unrecognized, and answered 200', async () => {
    const event = fresh('charge.updated');
    const nested = `${'['.repeat(1_100)}${']'.repeat(1_100)}`;
    const body = JSON.stringify(event).replace('"object":"event"', `"object":"event","nested":${nested}`);

    const answer = await pipeline.post(body, sign(body, SECRET));
    await pipeline.runtime.settled();

    expect(answer).toEqual({ status: 200, outcome: 'accepted' });
    expect(await stored(`events/${event.id}.json`)).toBe(body);
    await expect.poll(() => pipeline.handledBy(event.id)).toEqual(['stripe-fanout-dev-handler-unrecognized']);
  });
});
