import {
  GetQueueAttributesCommand,
  ListMessageMoveTasksCommand,
  type SQSClient,
  StartMessageMoveTaskCommand,
} from '@aws-sdk/client-sqs';

/**
 * Moves everything in a DLQ back to its queue, as the runbook says: with the destination named, since messages that
 * EventBridge put there do not say where they came from.
 * @param timeoutMs real milliseconds that the move may take
 * @returns how many messages were moved
 * @throws {Error} it failed, or still ran when the time was over
 */
export async function redrive(
  sqs: SQSClient,
  deadLetterQueueUrl: string,
  queueUrl: string,
  timeoutMs: number,
): Promise<number> {
  const abortSignal = AbortSignal.timeout(timeoutMs);
  const [source, destination] = await Promise.all([arnOf(sqs, deadLetterQueueUrl), arnOf(sqs, queueUrl)]);
  await sqs.send(new StartMessageMoveTaskCommand({ SourceArn: source, DestinationArn: destination }));
  for (;;) {
    const { Results } = await sqs.send(new ListMessageMoveTasksCommand({ SourceArn: source, MaxResults: 1 }), {
      abortSignal,
    });
    const [task] = Results ?? [];
    if (task?.Status === 'COMPLETED') return task.ApproximateNumberOfMessagesMoved ?? 0;
    if (task?.Status !== 'RUNNING') throw new Error(`The redrive ended as ${task?.Status}: ${task?.FailureReason}.`);
    await new Promise(setImmediate);
  }
}

async function arnOf(sqs: SQSClient, url: string): Promise<string> {
  const { Attributes } = await sqs.send(new GetQueueAttributesCommand({ QueueUrl: url, AttributeNames: ['QueueArn'] }));
  if (Attributes?.QueueArn === undefined) throw new Error(`The queue ${url} has no ARN.`);
  return Attributes.QueueArn;
}
