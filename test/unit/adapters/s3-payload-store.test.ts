import { CreateBucketCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { buildApp } from 'fauxqs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { s3PayloadStore } from '#functions/adapters/s3-payload-store.ts';
import { PayloadLost, PayloadStoreUnavailable } from '#shared/errors/store-errors.ts';
import { clientOf } from './scripted-server.ts';

const never = new AbortController().signal;
const app = buildApp({ logger: false });
let client: S3Client;
let store: ReturnType<typeof s3PayloadStore>;

beforeAll(async () => {
  client = new S3Client({ ...clientOf(await app.listen({ port: 0, host: '127.0.0.1' })), forcePathStyle: true });
  await client.send(new CreateBucketCommand({ Bucket: 'payloads' }));
  store = s3PayloadStore('payloads', client);
});
afterAll(async () => {
  client.destroy();
  await app.close();
});

describe('the payload store', () => {
  it('gives back the text it took, to the byte', async () => {
    const body = `{"big":12345678901234567890,"name":"é😀${'x'.repeat(300_000)}"}`;

    const reference = await store.put('events/evt_1.json', body, never);

    expect(reference).toMatchObject({ bucket: 'payloads', key: 'events/evt_1.json', bytes: Buffer.byteLength(body) });
    expect(await store.get(reference, never)).toBe(body);
  });

  it.each([
    ['other bytes of the same length', '{"a":2}'],
    ['fewer bytes', '{}'],
  ])('says payload_lost when there are %s under the key', async (_name, tampered) => {
    const reference = await store.put('events/evt_2.json', '{"a":1}', never);
    await client.send(new PutObjectCommand({ Bucket: 'payloads', Key: reference.key, Body: tampered }));

    await expect(store.get(reference, never)).rejects.toThrow(PayloadLost);
  });

  it('says payload_lost for what it erased, and erases again without complaint', async () => {
    const reference = await store.put('objects/a.json', '{}', never);

    for (let i = 0; i < 2; i += 1) await store.erase(reference.key, never);

    await expect(store.get(reference, never)).rejects.toThrow(PayloadLost);
  });

  it('says payload_store_unavailable when the bucket does not answer in time, or is not there', async () => {
    const late = AbortSignal.abort();
    const reference = await store.put('events/evt_3.json', '{}', never);
    const nowhere = s3PayloadStore('missing', client);

    await expect(store.put('events/evt_4.json', '{}', late)).rejects.toThrow(PayloadStoreUnavailable);
    await expect(store.get(reference, late)).rejects.toThrow(PayloadStoreUnavailable);
    await expect(store.erase(reference.key, late)).rejects.toThrow(PayloadStoreUnavailable);
    await expect(nowhere.put('events/evt_5.json', '{}', never)).rejects.toThrow(PayloadStoreUnavailable);
  });
});
