import { ListObjectsV2Command } from '@aws-sdk/client-s3';
import { SendMessageCommand } from '@aws-sdk/client-sqs';
import { queueUrlOutput } from '#shared/naming/output-names.ts';
import { deadLetterQueueName, queueName } from '#shared/naming/resource-names.ts';
import { parkedPrefix } from '#shared/operations/parked-letters.ts';
import { messagesIn } from '../messages-in.ts';
import type { Scenario } from '../scenario.ts';

const MESSAGES = 2;

/** Messages that are no events and never will be: they can only be put aside. */
export const poisonMessage: Scenario = {
  name: 'poison-message',
  summary: 'core has dead letters that no redrive mends',
  alarm: 'core-has-dead-letters',
  domain: 'core',
  hints: [
    'What are they? Group them by error.',
    'not_an_event: somebody put messages of their own into the queue. Redriven, they come back.',
    'Put them aside with a reason: dlq park core --error not_an_event --reason "not from Stripe" --yes.',
  ],
  cause: 'A script had sent messages of its own to the queue of core. They are parked in S3, where somebody can look.',
  async begin({ runtime, clients, stage }) {
    const { outputs } = runtime;
    const QueueUrl = outputs[queueUrlOutput('core')];
    const victims: string[] = [];
    for (let i = 1; i <= MESSAGES; i += 1) {
      const { MessageId } = await clients.sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: `hello ${i}` }));
      victims.push(`message:${MessageId}`);
    }
    const dlq = deadLetterQueueName(stage, 'core');
    const list = new ListObjectsV2Command({ Bucket: outputs.PayloadBucketName, Prefix: parkedPrefix('core') });
    const before = (await clients.s3.send(list)).KeyCount ?? 0;
    return {
      victims,
      // Only when all are there: to park them then takes each of them.
      measure: () => {
        const letters = runtime.queueDepths()[dlq]?.visible ?? 0;
        return letters < MESSAGES ? 0 : letters;
      },
      async state() {
        const [waiting, letters] = [messagesIn(runtime, queueName(stage, 'core')), messagesIn(runtime, dlq)];
        const parked = ((await clients.s3.send(list)).KeyCount ?? 0) - before;
        return {
          open: waiting + letters > 0 ? [`${waiting + letters} messages are in the queue of core or its DLQ`] : [],
          lost: waiting + letters > 0 ? 0 : Math.max(0, MESSAGES - parked),
        };
      },
      end: () => undefined,
    };
  },
};
