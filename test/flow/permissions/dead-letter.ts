import { ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { deadLetterQueueUrlOutput } from '#shared/naming/output-names.ts';
import type { QueueOwner } from '#shared/naming/resource-names.ts';
import type { Pipeline } from '../start-pipeline.ts';
import { expectThat, type Stage, until } from './scenario.ts';

/** Waits for a dead letter with a text, and looks at the reason that it carries: SQS's own have none. */
export async function deadLetter(
  { aws, runtime }: Pipeline,
  owner: QueueOwner,
  patience: Pick<Stage, 'patience'>,
  text: string,
  reason: string,
): Promise<void> {
  const sqs = new SQSClient(aws);
  const QueueUrl = runtime.outputs[deadLetterQueueUrlOutput(owner)];
  const receive = { QueueUrl, MaxNumberOfMessages: 10, VisibilityTimeout: 0, MessageAttributeNames: ['All'] };
  let reasons: (string | undefined)[] = [];
  try {
    await until(patience, `a dead letter with ${text}`, async () => {
      const { Messages = [] } = await sqs.send(new ReceiveMessageCommand(receive));
      const found = Messages.filter(({ Body }) => Body?.includes(text));
      reasons = found.map(({ MessageAttributes }) => MessageAttributes?.ERROR_CODE?.StringValue);
      return found.length > 0;
    });
  } finally {
    sqs.destroy();
  }
  expectThat(reasons.includes(reason), `the dead letter says ${reason}, and not ${reasons}`);
}
