import {
  DeleteObjectCommand,
  GetObjectCommand,
  PutObjectCommand,
  paginateListObjectsV2,
  type S3Client,
} from '@aws-sdk/client-s3';
import { isRecord } from '#shared/event/stripe-event.ts';
import { type ParkedLetter, type ParkedLetters, parkedKey, parkedPrefix } from '#shared/operations/parked-letters.ts';

/** Letters put aside in the payload bucket. */
export function s3ParkedLetters(client: S3Client, bucket: string): ParkedLetters {
  return {
    async put(letter) {
      const Key = parkedKey(letter.domain, letter.event, letter.message.messageId);
      const Body = JSON.stringify(letter);
      await client.send(new PutObjectCommand({ Bucket: bucket, Key, Body, ContentType: 'application/json' }));
    },

    async *keys(domain, event) {
      const pages = paginateListObjectsV2({ client }, { Bucket: bucket, Prefix: parkedPrefix(domain, event) });
      for await (const { Contents } of pages) yield (Contents ?? []).flatMap(({ Key }) => (Key ? [Key] : []));
    },

    async get(key) {
      const { Body } = await client.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
      const letter: unknown = JSON.parse((await Body?.transformToString()) ?? 'null');
      if (isParkedLetter(letter)) return letter;
      throw new Error(`${key} is not a letter that fanout dlq park wrote. Move it out of the folder.`);
    },

    async remove(key) {
      await client.send(new DeleteObjectCommand({ Bucket: bucket, Key: key }));
    },
  };
}

function isParkedLetter(value: unknown): value is ParkedLetter {
  return (
    isRecord(value) &&
    value.version === 1 &&
    isRecord(value.error) &&
    isRecord(value.message) &&
    typeof value.message.body === 'string' &&
    isRecord(value.message.attributes)
  );
}
