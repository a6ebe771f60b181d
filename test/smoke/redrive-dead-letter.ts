import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { PutObjectCommand } from '@aws-sdk/client-s3';
import { DeleteMessageCommand, ReceiveMessageCommand, SendMessageCommand } from '@aws-sdk/client-sqs';
import { eventPayloadKey } from '#shared/event/payload-key.ts';
import { referenceDetail } from '#shared/event/reference-detail.ts';
import { deadLetterQueueUrlOutput, queueUrlOutput } from '#shared/naming/output-names.ts';
import { sampleEvent } from '#shared/samples/sample-event.ts';
import type { DeployedStage } from './deployed-stage.ts';
import type { Place } from './place.ts';

const CLI = join(import.meta.dirname, '../../cli/fanout.ts');
const DOMAIN = 'core';

/**
 * Makes one dead letter as it really happens, an event whose payload is missing; puts the payload back, redrives with
 * the command of the engineer on call, and waits until the event is handled.
 * @returns what could not be done here as on AWS, in words
 * @throws {Error} the redrive failed, but for what the place is known to lack; or it has that by now
 */
export async function redriveDeadLetter(
  stage: DeployedStage,
  place: Place,
  stageName: string,
): Promise<readonly string[]> {
  const { clients, outputs } = stage;
  const event = sampleEvent('charge.succeeded', { seed: String(Date.now()), created: Math.floor(Date.now() / 1000) });
  const payload = JSON.stringify(event);
  const key = eventPayloadKey(event.id, 'snapshot');
  const sha256 = createHash('sha256').update(payload).digest('hex');
  const Bucket = outputs.PayloadBucketName;
  const reference = { bucket: Bucket, key, bytes: Buffer.byteLength(payload), sha256, payload: 'snapshot' };
  const now = new Date().toISOString();
  const origin = { version: 1, payload: 'reference', via: 'webhook', destination: 'account' };
  const fanout = { ...origin, publishedAt: now, receivedAt: now, reference };
  const entry = { 'detail-type': event.type, source: 'stripe', detail: { ...referenceDetail(event), fanout } };

  await clients.sqs.send(
    new SendMessageCommand({ QueueUrl: outputs[queueUrlOutput(DOMAIN)], MessageBody: JSON.stringify(entry) }),
  );
  await stage.deadLetters(DOMAIN, 1);
  await clients.s3.send(new PutObjectCommand({ Bucket, Key: key, Body: payload }));
  const shortfalls = await redrive(stage, place, stageName);
  await stage.projected(event);
  await stage.deadLetters(DOMAIN, 0);
  return shortfalls;
}

async function redrive(
  stage: DeployedStage,
  { env, hasMoveTasks }: Place,
  stageName: string,
): Promise<readonly string[]> {
  const args = [CLI, 'dlq', 'redrive', DOMAIN, '--stage', stageName, '--yes', '--json'];
  const child = spawn(process.execPath, args, { env, stdio: ['ignore', 'pipe', 'pipe'] });
  const code = new Promise<number | null>((resolve) => child.once('close', resolve));
  const printed = (await Promise.all([text(child.stdout), text(child.stderr)])).join('');
  if ((await code) === 0) {
    if (hasMoveTasks) return [];
    throw new Error("Messages are moved by SQS by now, so say so in the place's hasMoveTasks.");
  }
  const lacksMoveTasks = !hasMoveTasks && /InvalidAction.*MessageMoveTask/.test(printed);
  if (!lacksMoveTasks) throw new Error(`fanout dlq redrive ${DOMAIN} ended with ${await code}:\n${printed}`);
  await moveByHand(stage);
  return [
    'message-move tasks of SQS: the dead letter is redriven by receiving and sending it, not by `fanout dlq redrive`',
  ];
}

async function moveByHand({ clients: { sqs }, outputs }: DeployedStage): Promise<void> {
  const QueueUrl = outputs[deadLetterQueueUrlOutput(DOMAIN)];
  const { Messages = [] } = await sqs.send(new ReceiveMessageCommand({ QueueUrl, WaitTimeSeconds: 5 }));
  for (const { Body, ReceiptHandle } of Messages) {
    await sqs.send(new SendMessageCommand({ QueueUrl: outputs[queueUrlOutput(DOMAIN)], MessageBody: Body }));
    await sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle }));
  }
}
