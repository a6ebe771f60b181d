import { once } from 'node:events';
import { deadLetterQueueUrlOutput, queueUrlOutput } from '#shared/naming/output-names.ts';
import { queueName } from '#shared/naming/resource-names.ts';
import { sampleEvent } from '#shared/samples/sample-event.ts';
import type { Runtime } from '../running-pipeline.ts';
import type { DemoResult } from './demo-result.ts';
import type { PipelineClient } from './pipeline-client.ts';
import { redrive } from './redrive.ts';

/** Real milliseconds for five receives at the demo's time scale, with much to spare. */
const GIVE_UP_MS = 30_000;

/**
 * Breaks the table under one reaction until its message lands in the DLQ, mends it, and redrives. The fault is at the
 * runtime's AWS endpoint: no product code knows of it.
 */
export async function deadLetterScenario(
  runtime: Runtime,
  client: PipelineClient,
  stage: string,
): Promise<DemoResult['deadLetters']> {
  const event = sampleEvent('invoice.payment_failed', { seed: 'dead letter', created: Math.floor(Date.now() / 1000) });
  const row = `dunning:${event.data.object.id}`;
  const fault = runtime.faults.add({
    service: 'dynamodb',
    operation: 'PutItem',
    match: row,
    times: 'always',
    error: 'ProvisionedThroughputExceededException',
  });
  const gone = deadLettered(runtime, queueName(stage, 'billing'), event.id);
  await client.send(event);
  await gone;
  const before = await client.objectRows();
  runtime.faults.remove(fault);

  const outputs = runtime.outputs;
  const moved = await redrive(
    client.sqs,
    outputs[deadLetterQueueUrlOutput('billing')] ?? '',
    outputs[queueUrlOutput('billing')] ?? '',
  );
  await runtime.settled();
  const after = await client.objectRows();
  return { parked: before.has(row) ? 0 : 1, redriven: moved, handledAfter: after.has(row) ? 1 : 0 };
}

async function deadLettered(runtime: Runtime, queue: string, eventId: string): Promise<void> {
  const signal = AbortSignal.timeout(GIVE_UP_MS);
  for (;;) {
    const [message] = await once(runtime.observations, 'dead-lettered', { signal });
    if (message.queue === queue && message.body.includes(eventId)) return;
  }
}
