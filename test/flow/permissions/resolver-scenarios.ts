import { DeleteObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { REFRESHED_TYPE } from '#shared/event/bus-entry.ts';
import { queueName, resolverName } from '#shared/naming/resource-names.ts';
import { sampleObject } from '#shared/samples/sample-object.ts';
import { sampleThinEvent } from '#shared/samples/thin/sample-thin-event.ts';
import { deadLetter } from './dead-letter.ts';
import { expectThat, type Scenario, type Stage, until } from './scenario.ts';

/** More than the bus takes. */
const LARGE = 'é'.repeat(200_000);
const TYPE = 'v1.product.created';

/** What the resolver does, each by itself. */
export const RESOLVER_SCENARIOS: readonly Scenario[] = [
  {
    name: 'a thin event is resolved and handled by an instance without keys',
    once: true,
    play: async (stage) => {
      await stage.pipeline.runtime.killWorkers(resolverName('dev'));
      const event = emit(stage);
      await handled(stage, event);
    },
  },
  {
    name: 'a change that comes in both styles is told once',
    once: true,
    play: async (stage) => {
      const { pipeline } = stage;
      const [snapshot, thin] = pipeline.runtime.stripe?.emit({ type: TYPE, style: 'both' }) ?? [];
      await handled(stage, snapshot?.id ?? '');
      await until(stage, 'the notification is on the bus', () => pipeline.published(thin?.id ?? '').length > 0);
      await pipeline.runtime.settled();
      expectThat(pipeline.published(snapshot?.id ?? '').length === 1, 'one event of the two is published');
    },
  },
  {
    name: 'a large object is resolved',
    once: true,
    play: async (stage) => {
      const { object } = sampleObject(TYPE, 'product', { seed: String(performance.now()), livemode: false });
      const event = emit(stage, { object: { ...object, description: LARGE } });
      await handled(stage, event);
    },
  },
  {
    name: 'a thin event of which Stripe knows nothing for a while is recorded, hidden, tried again, and taken off the list',
    once: true,
    play: async (stage) => {
      const { stripe } = stage.pipeline.runtime;
      stripe?.faults.add({ path: '/v1/products', answer: 500, times: 1 });
      const event = emit(stage);
      await handled(stage, event);
      const listed = (await stage.pipeline.failures('thin')).some((row) => row.event?.S === event);
      expectThat(!listed, 'the failure is off the list');
    },
  },
  {
    name: 'a large notification is parked when its payload is lost',
    once: true,
    play: async (stage) => {
      const { pipeline } = stage;
      const { runtime } = pipeline;
      const options = {
        seed: String(performance.now()),
        created: Date.now() / 1000,
        changes: { before: { x: LARGE } },
      };
      const { notification } = sampleThinEvent(TYPE, options);
      runtime.setPolling(resolverName('dev'), false);
      try {
        await pipeline.send(notification);
        const depth = () => runtime.queueDepths()[queueName('dev', 'thin')]?.visible ?? 0;
        await until(stage, 'the notification is in the queue', () => depth() > 0);
        const s3 = new S3Client({ ...pipeline.aws, forcePathStyle: true });
        const Key = `events/${notification.id}.json`;
        await s3.send(new DeleteObjectCommand({ Bucket: runtime.outputs.PayloadBucketName, Key }));
        s3.destroy();
      } finally {
        runtime.setPolling(resolverName('dev'), true);
      }
      await deadLetter(pipeline, 'thin', stage, notification.id, 'payload_lost');
    },
  },
  {
    name: 'a tie is settled by what Stripe says now, though it does not answer at first',
    once: true,
    play: async (stage) => {
      const { pipeline } = stage;
      const { object } = sampleObject(TYPE, 'product', { seed: String(performance.now()), livemode: false });
      const created = Math.floor(Date.now() / 1000) - 60;
      const tell = (description: string) =>
        pipeline.runtime.stripe?.emit({ type: 'price.created', object: { ...object, description }, created });
      pipeline.runtime.stripe?.faults.add({ path: '/v1/products', answer: 500, times: 1 });
      tell('one');
      tell('other');
      const isSettled = async () => (await pipeline.row(object.id))?.type?.S === REFRESHED_TYPE;
      await until(stage, 'the row shows what Stripe says now', isSettled);
    },
  },
  {
    name: 'what asks for nothing is parked with its reason',
    once: true,
    play: async (stage) => {
      const { aws, runtime } = stage.pipeline;
      const text = `asks for nothing: ${performance.now()}`;
      const sqs = new SQSClient(aws);
      await sqs.send(new SendMessageCommand({ QueueUrl: runtime.outputs.QueueUrlRefresh, MessageBody: text }));
      sqs.destroy();
      await deadLetter(stage.pipeline, 'refresh', stage, text, 'not_an_event');
    },
  },
];

/** @returns Stripe's id of the event */
function emit({ pipeline }: Stage, more: { object?: Readonly<Record<string, unknown>> } = {}): string {
  const [emitted] = pipeline.runtime.stripe?.emit({ type: TYPE, style: 'thin', ...more }) ?? [];
  return emitted?.id ?? '';
}

async function handled(stage: Stage, eventId: string): Promise<void> {
  await until(stage, `${eventId} is handled`, () => stage.pipeline.handledBy(eventId).length > 0);
}
