import type { S3Client } from '@aws-sdk/client-s3';
import { PayloadLost, PayloadStoreUnavailable } from '#shared/errors/store-errors.ts';
import { verifiedPayload } from '#shared/event/verified-payload.ts';
import type { PayloadReader } from './payload-reader.ts';

/**
 * Reads large events from the pipeline's bucket, for which the caller needs `s3:GetObject` on `events/*`. The client's
 * package is loaded when the first reference comes, which most consumers never see.
 * @param client your own, with your time-outs. @default one from the function's environment
 */
export function payloadsFromS3(client?: S3Client): PayloadReader {
  const load = async () => {
    const sdk = await import('@aws-sdk/client-s3');
    return { sdk, s3: client ?? new sdk.S3Client({}) };
  };
  let loaded: ReturnType<typeof load> | undefined;
  return {
    async get(reference, signal) {
      const { bucket, key } = reference;
      loaded ??= load();
      const { sdk, s3 } = await loaded;
      const bytes = await s3
        .send(new sdk.GetObjectCommand({ Bucket: bucket, Key: key }), { abortSignal: signal })
        .then(async ({ Body }) => Buffer.from((await Body?.transformToByteArray()) ?? []))
        .catch((cause: unknown) => {
          const name = cause instanceof Error ? cause.name : 'unknown error';
          const message = `The bucket ${bucket} did not give ${key}: ${name}.`;
          if (name === 'NoSuchKey') throw new PayloadLost(message, { cause });
          throw new PayloadStoreUnavailable(message, { cause });
        });
      return verifiedPayload(bytes, reference);
    },
  };
}
