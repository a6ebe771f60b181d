import { writeSync } from 'node:fs';
import { BatchWriteItemCommand, DynamoDBClient, type WriteRequest } from '@aws-sdk/client-dynamodb';
import {
  GetQueueAttributesCommand,
  ListMessageMoveTasksCommand,
  SendMessageBatchCommand,
  SQSClient,
  StartMessageMoveTaskCommand,
} from '@aws-sdk/client-sqs';
import { startRuntime } from '#local/runtime.ts';
import { sampleEvent } from '#shared/samples/sample-event.ts';
import { signatureHeader } from '#shared/signature/sign.ts';
import { median } from '../figure.ts';
import type { PipelineRun } from './pipeline-run.ts';

/**
 * One run of the whole pipeline on the embedded runtime, in a process of its own: a ledger that already knows so many
 * events, seeded directly, then new events end to end, then a redrive. Writes what it measured to file descriptor 3.
 */
const [assembly = '', known = '0'] = process.argv.slice(2);
const SECRET = 'whsec_bench';
const WARM_UP = 100;
const EVENTS = 600;
const AT_ONCE = 8;
const REDRIVEN = 2_000;

const latencies: number[] = [];
/** When each event was sent, by its id; `created` has whole seconds, which would hide a small difference. */
const sentAt = new Map<string, number>();
const EVENT_ID = /"event":"(evt_[A-Za-z0-9]+)"/;
const runtime = await startRuntime({
  assembly,
  port: 0,
  awsPort: 0,
  signingSecret: SECRET,
  log: (_name, line) => {
    const sent = line.includes('"message":"handled"') ? sentAt.get(EVENT_ID.exec(line)?.[1] ?? '') : undefined;
    if (sent !== undefined) latencies.push(performance.now() - sent);
  },
});
const client = {
  endpoint: runtime.awsUrl,
  region: 'us-east-1',
  credentials: { accessKeyId: 'bench', secretAccessKey: 'bench' },
};
const dynamoDb = new DynamoDBClient(client);
const sqs = new SQSClient(client);

await seedLedger(Number(known));
await sendAll('warm', WARM_UP);
latencies.length = 0;
const started = performance.now();
await sendAll('measured', EVENTS);
const eventsPerSecond = EVENTS / ((performance.now() - started) / 1000);
if (latencies.length < EVENTS) throw new Error(`${latencies.length} of ${EVENTS} events were logged as handled.`);
const run: PipelineRun = {
  known: Number(known),
  eventsPerSecond,
  latencyP50Ms: median(latencies),
  redrivenPerSecond: await redriveRate(),
  peakMiB: process.resourceUsage().maxRSS / 1024,
};
writeSync(3, JSON.stringify(run));
await runtime.stop();
process.exit(0);

async function seedLedger(rows: number): Promise<void> {
  const table = runtime.outputs.LedgerTableName ?? '';
  for (let start = 0; start < rows; start += 25) {
    const requests = Array.from({ length: Math.min(25, rows - start) }, (_, i) => doneRow(start + i));
    await dynamoDb.send(new BatchWriteItemCommand({ RequestItems: { [table]: requests } }));
  }
}

function doneRow(i: number): WriteRequest {
  const Item = {
    event: { S: `evt_seeded${String(i).padStart(8, '0')}` },
    stage: { S: 'publish' },
    status: { S: 'done' },
    owner: { S: '00000000-0000-4000-8000-000000000000' },
    type: { S: 'invoice.paid' },
    livemode: { BOOL: false },
    created: { N: String(Date.now()) },
    payload: { S: 'snapshot' },
    destination: { S: 'account' },
    via: { S: 'webhook' },
    doneAt: { S: new Date().toISOString() },
    expiresAt: { N: String(Math.floor(Date.now() / 1000) + 86_400) },
  };
  return { PutRequest: { Item } };
}

/** Sends events of one domain, a few at a time, and waits until all are handled. */
async function sendAll(name: string, count: number): Promise<void> {
  let next = 0;
  const lane = async () => {
    for (let i = next++; i < count; i = next++) {
      const created = Math.floor(Date.now() / 1000);
      const event = sampleEvent('invoice.paid', { seed: `${name} ${i}`, created });
      const body = JSON.stringify(event);
      sentAt.set(event.id, performance.now());
      const headers = { 'stripe-signature': signatureHeader(body, SECRET, created) };
      const { status } = await fetch(runtime.outputs.WebhookUrl ?? '', { method: 'POST', headers, body });
      if (status !== 200) throw new Error(`The ingress answered ${status}; 200 was expected.`);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, lane));
  await runtime.settled(600_000);
}

async function redriveRate(): Promise<number> {
  const queue = runtime.outputs.QueueUrlReporting;
  const dlq = runtime.outputs.DlqUrlReporting;
  runtime.setPolling('stripe-fanout-dev-handler-reporting', false);
  for (let start = 0; start < REDRIVEN; start += 10) {
    const Entries = Array.from({ length: 10 }, (_, i) => ({ Id: String(i), MessageBody: 'x'.repeat(4_000) }));
    await sqs.send(new SendMessageBatchCommand({ QueueUrl: dlq, Entries }));
  }
  const [SourceArn, DestinationArn] = await Promise.all([arnOf(dlq), arnOf(queue)]);
  const began = performance.now();
  await sqs.send(new StartMessageMoveTaskCommand({ SourceArn, DestinationArn }));
  for (;;) {
    const { Results } = await sqs.send(new ListMessageMoveTasksCommand({ SourceArn }));
    if (Results?.[0]?.Status === 'COMPLETED') return REDRIVEN / ((performance.now() - began) / 1000);
    if (Results?.[0]?.Status !== 'RUNNING') throw new Error(`The redrive ended as ${Results?.[0]?.Status}.`);
  }
}

async function arnOf(QueueUrl: string | undefined): Promise<string> {
  const { Attributes } = await sqs.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['QueueArn'] }));
  return Attributes?.QueueArn ?? '';
}
