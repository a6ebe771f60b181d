import { EventBridgeClient, PutPartnerEventsCommand } from '@aws-sdk/client-eventbridge';
import type { SnapshotEvent } from '#shared/event/stripe-event.ts';
import { deadLetterQueueName, partnerIngressName, queueName } from '#shared/naming/resource-names.ts';
import { PARTNER_SOURCE } from '../stage-of-options.ts';
import { fresh } from '../start-pipeline.ts';
import { deadLetter } from './dead-letter.ts';
import { expectThat, type Scenario, type Stage, until } from './scenario.ts';

/** More than the bus takes. */
const LARGE = 'é'.repeat(200_000);
const TYPE = 'product.created';

/** What comes over Stripe's partner event bus, each thing by itself. */
export const PARTNER_SCENARIOS: readonly Scenario[] = [
  {
    name: 'an event over the partner bus is published by a new instance',
    once: true,
    play: async (stage) => {
      await stage.pipeline.runtime.killWorkers(partnerIngressName('dev'));
      await published(stage, await put(stage, fresh(TYPE)));
    },
  },
  {
    name: 'an event that comes over the partner bus again is taken for the same',
    once: true,
    play: async (stage) => {
      const event = fresh(TYPE);
      const before = depthOf(stage, deadLetterQueueName('dev', 'partner'));
      await published(stage, await put(stage, event));
      await put(stage, event);
      await stage.pipeline.runtime.settled();
      const given = depthOf(stage, deadLetterQueueName('dev', 'partner')) - before;
      expectThat(given === 0, 'the second one is not given up');
    },
  },
  {
    name: 'a large event over the partner bus is published by reference',
    once: true,
    play: async (stage) => {
      const event = fresh(TYPE);
      Object.assign(event.data.object, { description: LARGE });
      await published(stage, await put(stage, event));
    },
  },
  {
    name: 'an event over the partner bus that cannot be published is recorded, hidden, tried again, and taken off the list',
    once: true,
    play: async (stage) => {
      const { runtime, failures } = stage.pipeline;
      const event = fresh(TYPE);
      const fault = { service: 'events', operation: 'PutEvents', match: event.id, times: 'always' } as const;
      const mended = runtime.faults.add({ ...fault, error: 'AccessDeniedException' });
      const listed = async () => (await failures('partner')).some((row) => row.event?.S === event.id);
      try {
        await put(stage, event);
        await until(stage, 'the failure is listed', listed);
      } finally {
        runtime.faults.remove(mended);
      }
      await published(stage, event.id);
      await until(stage, 'the failure is off the list', async () => !(await listed()));
    },
  },
  {
    name: 'what is no event of Stripe’s is parked with its reason',
    once: true,
    play: async (stage) => {
      const text = `nothing of Stripe's: ${performance.now()}`;
      await putDetail(stage, JSON.stringify({ text }));
      await deadLetter(stage.pipeline, 'partner', stage, text, 'not_a_stripe_event');
    },
  },
  {
    name: 'what the rule of the partner bus cannot deliver is in the DLQ with its reason',
    once: true,
    play: async (stage) => {
      const event = fresh(TYPE);
      const match = `:${queueName('dev', 'partner')}\n`;
      const fault = { service: 'sqs', operation: 'SendMessage', match, times: 1 } as const;
      stage.pipeline.runtime.faults.add({ ...fault, error: 'AccessDenied' });
      await put(stage, event);
      await deadLetter(stage.pipeline, 'partner', stage, event.id, 'NO_PERMISSIONS');
    },
  },
];

/** @returns the event's id */
async function put(stage: Stage, event: SnapshotEvent): Promise<string> {
  await putDetail(stage, JSON.stringify(event));
  return event.id;
}

/** Puts a detail on the partner bus, as Stripe alone can. */
async function putDetail({ pipeline }: Stage, Detail: string): Promise<void> {
  const events = new EventBridgeClient(pipeline.aws);
  await events.send(new PutPartnerEventsCommand({ Entries: [{ Source: PARTNER_SOURCE, DetailType: TYPE, Detail }] }));
  events.destroy();
}

async function published(stage: Stage, id: string): Promise<void> {
  await until(stage, `${id} is published`, () => stage.pipeline.published(id).length > 0);
}

function depthOf({ pipeline }: Stage, queue: string): number {
  return pipeline.runtime.queueDepths()[queue]?.visible ?? 0;
}
