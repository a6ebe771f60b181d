import { CreateBucketCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { buildApp } from 'fauxqs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { payloadsFromS3 } from '#consumer/payloads-from-s3.ts';
import { PayloadLost, PayloadStoreUnavailable } from '#shared/errors/store-errors.ts';
import { sha256 } from '#shared/event/verified-payload.ts';
import { clientOf } from '../adapters/scripted-server.ts';

const never = new AbortController().signal;
const app = buildApp({ logger: false });
const body = Buffer.from('{"name":"é😀"}');
const reference = { bucket: 'payloads', key: 'events/evt_1.json', bytes: body.length, sha256: sha256(body) };
let client: S3Client;

beforeAll(async () => {
  client = new S3Client({ ...clientOf(await app.listen({ port: 0, host: '127.0.0.1' })), forcePathStyle: true });
  await client.send(new CreateBucketCommand({ Bucket: 'payloads' }));
  await client.send(new PutObjectCommand({ Bucket: 'payloads', Key: reference.key, Body: body }));
});
afterAll(async () => {
  client.destroy();
  await app.close();
});

describe('payloadsFromS3', () => {
  it('gives the text that was stored', async () => {
    expect(await payloadsFromS3(client).get(reference, never)).toBe(body.toString());
  });

  it.each([
    ['other bytes than the reference names', { sha256: sha256(Buffer.from('{}')) }],
    ['another length', { bytes: 1 }],
    ['no object', { key: 'events/evt_2.json' }],
  ])('says payload_lost for %s', async (_what, wrong) => {
    await expect(payloadsFromS3(client).get({ ...reference, ...wrong }, never)).rejects.toThrow(PayloadLost);
  });

  it('says payload_store_unavailable when it is too late, or the bucket is another', async () => {
    const reader = payloadsFromS3(client);

    await expect(reader.get(reference, AbortSignal.abort())).rejects.toThrow(PayloadStoreUnavailable);
    await expect(reader.get({ ...reference, bucket: 'missing' }, never)).rejects.toThrow(PayloadStoreUnavailable);
  });
});
