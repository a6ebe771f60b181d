import { DeleteObjectCommand, GetObjectCommand, NoSuchKey, S3Client } from '@aws-sdk/client-s3';
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import type { SnapshotEvent } from '#shared/event/stripe-event.ts';
import { queueUrlOutput } from '#shared/naming/output-names.ts';
import { handlerName, queueName } from '#shared/naming/resource-names.ts';
import type { Pipeline } from '../start-pipeline.ts';
import { deadLetter } from './dead-letter.ts';
import { eventOf } from './event-of-domain.ts';
import { expectThat, type Scenario, type Stage, until } from './scenario.ts';

/** More than the bus takes, and than a row holds. */
const LARGE = 'é'.repeat(200_000);

/** What a domain's handler does, and what feeds it: each by itself, for any domain. */
export const DOMAIN_SCENARIOS: readonly Scenario[] = [
  {
    name: 'an event is handled',
    play: async (stage) => {
      const event = eventOf(stage.domain);
      await accept(stage, event);
      await handled(stage, event.id);
      expectThat((await stage.pipeline.row(event.data.object.id)) !== undefined, 'the object is kept');
    },
  },
  {
    name: 'two changes within one second that say nothing of their order are asked about',
    play: async (stage) => {
      const event = eventOf(stage.domain, { seen: 1 });
      const tied = tiedWith(event, stage);
      await accept(stage, event);
      await handled(stage, event.id);
      await accept(stage, tied);
      await handled(stage, tied.id);
    },
  },
  {
    name: 'a large event is handled, its object kept in S3, and the body before it erased',
    play: async (stage) => {
      const event = eventOf(stage.domain, { description: LARGE });
      await accept(stage, event);
      await handled(stage, event.id);
      const first = await keyOf(stage, event.data.object.id);
      const next = { ...event, id: `${event.id}2`, created: event.created + 1 };
      await accept(stage, next);
      await handled(stage, next.id);
      const second = await keyOf(stage, event.data.object.id);
      expectThat(first !== second, 'the second body has a key of its own');
      expectThat((await body(stage, second)) !== undefined, 'the second body is kept');
      expectThat((await body(stage, first)) === undefined, 'the first body is erased');
    },
  },
  {
    name: 'two large changes within one second are compared',
    play: async (stage) => {
      const event = eventOf(stage.domain, { description: LARGE, seen: 1 });
      await accept(stage, event);
      await handled(stage, event.id);
      const tied = tiedWith(event, stage);
      await accept(stage, tied);
      await handled(stage, tied.id);
    },
  },
  {
    name: 'a failure is recorded, hidden, tried again, and taken off the list',
    play: async (stage) => {
      const { runtime, failures } = stage.pipeline;
      const event = eventOf(stage.domain);
      const match = String(event.data.object.id);
      const fault = { service: 'dynamodb', operation: 'PutItem', match, times: 'always' } as const;
      const mended = runtime.faults.add({ ...fault, error: 'ProvisionedThroughputExceededException' });
      const listed = async () => (await failures(stage.domain)).some((row) => row.event?.S === event.id);
      try {
        await accept(stage, event);
        await until(stage, 'the failure is listed', listed);
      } finally {
        runtime.faults.remove(mended);
      }
      await handled(stage, event.id);
      await until(stage, 'the failure is off the list', async () => !(await listed()));
    },
  },
  {
    name: 'what is no event is parked with its reason',
    play: async (stage) => {
      const text = `not an event: ${stage.domain} ${performance.now()}`;
      const sqs = new SQSClient(stage.pipeline.aws);
      const QueueUrl = stage.pipeline.runtime.outputs[queueUrlOutput(stage.domain)];
      await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: text }));
      sqs.destroy();
      await deadLetter(stage.pipeline, stage.domain, stage, text, 'not_an_event');
    },
  },
  {
    name: 'an event whose payload is lost is parked, and not tried again as if S3 were down',
    play: async (stage) => {
      const { runtime } = stage.pipeline;
      const event = eventOf(stage.domain, { description: LARGE });
      const name = handlerName('dev', stage.domain);
      runtime.setPolling(name, false);
      try {
        await accept(stage, event);
        await until(stage, 'the event is in the queue', () => depthOf(stage) > 0);
        const s3 = s3Of(stage.pipeline);
        const Bucket = runtime.outputs.PayloadBucketName;
        await s3.send(new DeleteObjectCommand({ Bucket, Key: `events/${event.id}.json` }));
        s3.destroy();
      } finally {
        runtime.setPolling(name, true);
      }
      await deadLetter(stage.pipeline, stage.domain, stage, event.id, 'payload_lost');
    },
  },
  {
    name: 'what a rule cannot deliver is in the DLQ with its reason',
    play: async (stage) => {
      const event = eventOf(stage.domain);
      const match = `:${queueName('dev', stage.domain)}\n`;
      const times = 1;
      stage.pipeline.runtime.faults.add({
        service: 'sqs',
        operation: 'SendMessage',
        match,
        times,
        error: 'AccessDenied',
      });
      await accept(stage, event);
      await deadLetter(stage.pipeline, stage.domain, stage, event.id, 'NO_PERMISSIONS');
    },
  },
];

/** Another state of the same second, which Stripe knows as the present one. */
function tiedWith(event: SnapshotEvent, { pipeline }: Stage): SnapshotEvent {
  const tied = { ...event, id: `${event.id}2`, data: { object: { ...event.data.object, seen: 2 } } };
  pipeline.runtime.stripe?.world.objects.put({ livemode: false }, tied.data.object);
  return tied;
}

async function accept({ pipeline }: Stage, event: object): Promise<void> {
  const { status, outcome } = await pipeline.send(event);
  expectThat(status === 200 && outcome === 'accepted', `the event is accepted, and not answered ${status} ${outcome}`);
}

async function handled(stage: Stage, eventId: string): Promise<void> {
  await until(stage, `${eventId} is handled`, () => stage.pipeline.handledBy(eventId).length > 0);
}

function depthOf({ pipeline, domain }: Stage): number {
  return pipeline.runtime.queueDepths()[queueName('dev', domain)]?.visible ?? 0;
}

function s3Of({ aws }: Pipeline): S3Client {
  return new S3Client({ ...aws, forcePathStyle: true });
}

/** Where a row says that the object's body is. */
async function keyOf({ pipeline }: Stage, object: unknown): Promise<string> {
  const key = (await pipeline.row(object))?.dataAt?.M?.key?.S;
  if (key === undefined) throw new Error(`Expected: the row of ${object} refers to a body in S3.`);
  return key;
}

async function body({ pipeline }: Stage, Key: string): Promise<string | undefined> {
  const s3 = s3Of(pipeline);
  const command = new GetObjectCommand({ Bucket: pipeline.runtime.outputs.PayloadBucketName, Key });
  try {
    return await (await s3.send(command)).Body?.transformToString();
  } catch (error) {
    if (error instanceof NoSuchKey) return undefined;
    throw error;
  } finally {
    s3.destroy();
  }
}
