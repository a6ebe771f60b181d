import { SendMessageBatchCommand, SQSClient } from '@aws-sdk/client-sqs';
import { deadLetterQueueUrlOutput } from '#shared/naming/output-names.ts';
import type { QueueOwner } from '#shared/naming/resource-names.ts';
import type { Pipeline } from './start-pipeline.ts';
import { fresh } from './start-pipeline.ts';

/** Counts of this run: small ones by default, the issue's own under `npm run test:full`. */
export function counted(small: number, full: number): number {
  return process.env.MODE === 'full' ? full : small;
}

/**
 * Puts events into a DLQ as SQS does: without a reason.
 * @returns their ids
 */
export async function fillDlq(pipeline: Pipeline, owner: QueueOwner, type: string, count: number): Promise<string[]> {
  const sqs = new SQSClient(pipeline.aws);
  const events = Array.from({ length: count }, () => fresh(type));
  const QueueUrl = pipeline.runtime.outputs[deadLetterQueueUrlOutput(owner)];
  for (let from = 0; from < count; from += 10) {
    const Entries = events.slice(from, from + 10).map((event, i) => ({ Id: String(i), MessageBody: entry(event) }));
    await sqs.send(new SendMessageBatchCommand({ QueueUrl, Entries }));
  }
  sqs.destroy();
  return events.map(({ id }) => id);
}

/** What a rule sends to a queue. */
function entry(event: ReturnType<typeof fresh>): string {
  const now = new Date().toISOString();
  const fanout = { version: 1, payload: 'snapshot', via: 'webhook', destination: 'account' };
  return JSON.stringify({
    version: '0',
    'detail-type': event.type,
    source: 'stripe',
    time: now,
    detail: { ...event, fanout: { ...fanout, publishedAt: now, receivedAt: now } },
  });
}
