import type { S3Client } from '@aws-sdk/client-s3';
import { errorName } from '#shared/errors/pipeline-error.ts';
import { PayloadLost, PayloadStoreUnavailable } from '#shared/errors/store-errors.ts';
import { sha256, verifiedPayload } from '#shared/event/verified-payload.ts';
import type { PayloadEraser } from '#shared/ports/payload-eraser.ts';
import type { PayloadStore } from '#shared/ports/payload-store.ts';
import { awsClient, awsClientOptions } from './aws-client.ts';

/** The largest body there is (4 MB) needs longer than a table row, and comes rarely. */
const BODY_TIMEOUT_MS = 5_000;

async function connect() {
  const sdk = await import('@aws-sdk/client-s3');
  const requestHandler = { ...awsClientOptions.requestHandler, requestTimeout: BODY_TIMEOUT_MS };
  return { sdk, client: awsClient(sdk.S3Client, { ...awsClientOptions, requestHandler }) };
}

/**
 * Bodies as objects of one S3 bucket. The S3 client is loaded on first use: almost no invocation needs it, and it is
 * the heaviest of the clients.
 * @param client for tests; by default one from Lambda's own environment
 */
export function s3PayloadStore(bucket: string, client?: S3Client): PayloadStore & PayloadEraser {
  let connected: ReturnType<typeof connect> | undefined;
  async function connection() {
    connected ??= connect();
    const { sdk, client: own } = await connected;
    return { sdk, s3: client ?? own };
  }

  return {
    async put(key, body, signal) {
      const { sdk, s3 } = await connection();
      const bytes = Buffer.from(body);
      const command = new sdk.PutObjectCommand({
        Bucket: bucket,
        Key: key,
        Body: bytes,
        ContentType: 'application/json',
      });
      await s3.send(command, { abortSignal: signal }).catch((cause: unknown) => {
        throw unavailable('take', bucket, key, cause);
      });
      return { bucket, key, bytes: bytes.length, sha256: sha256(bytes) };
    },

    async get(reference, signal) {
      const { sdk, s3 } = await connection();
      const { bucket: from, key } = reference;
      const bytes = await s3
        .send(new sdk.GetObjectCommand({ Bucket: from, Key: key }), { abortSignal: signal })
        .then(async ({ Body }) => Buffer.from((await Body?.transformToByteArray()) ?? []))
        .catch((cause: unknown) => {
          if (!(cause instanceof sdk.NoSuchKey)) throw unavailable('give', from, key, cause);
          throw new PayloadLost(`There is no object ${key} in the bucket ${from}, though a reference names it.`, {
            cause,
          });
        });
      return verifiedPayload(bytes, reference);
    },

    async erase(key, signal) {
      const { sdk, s3 } = await connection();
      await s3
        .send(new sdk.DeleteObjectCommand({ Bucket: bucket, Key: key }), { abortSignal: signal })
        .catch((cause: unknown) => {
          throw unavailable('erase', bucket, key, cause);
        });
    },
  };
}

function unavailable(verb: string, bucket: string, key: string, cause: unknown): PayloadStoreUnavailable {
  const reason = errorName(cause);
  return new PayloadStoreUnavailable(`The bucket ${bucket} did not ${verb} ${key}: ${reason}.`, { cause });
}
