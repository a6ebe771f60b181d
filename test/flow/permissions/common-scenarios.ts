import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { longestPrefix } from '#shared/catalogue/longest-prefix.ts';
import { queueUrlOutput } from '#shared/naming/output-names.ts';
import { busName, deadLetterQueueName, ingressName, queueName, ruleName } from '#shared/naming/resource-names.ts';
import { sampleThinEvent } from '#shared/samples/thin/sample-thin-event.ts';
import { fillDlq } from '../fill-dlq.ts';
import { runAutomation } from '../run-automation.ts';
import { fresh, sign } from '../start-pipeline.ts';
import { eventOf } from './event-of-domain.ts';
import { expectThat, type Scenario, until } from './scenario.ts';

const THIN = 'v1.billing.meter.no_meter_found';
const wholeSeconds = (time: number) => `${new Date(time).toISOString().slice(0, 19)}Z`;

/** What no domain is part of, or what one is an example for. */
export const COMMON_SCENARIOS: readonly Scenario[] = [
  {
    name: 'an event for a named destination is accepted by an instance without secrets',
    once: true,
    play: async ({ pipeline, domain }) => {
      await pipeline.runtime.killWorkers(ingressName('dev'));
      const body = JSON.stringify(eventOf(domain));
      const { status } = await pipeline.post(body, sign(body), 'account');
      expectThat(status === 200, `the event is accepted, and not answered ${status}`);
    },
  },
  {
    name: 'a repeated event is a duplicate',
    once: true,
    play: async ({ pipeline, domain }) => {
      const event = eventOf(domain);
      const first = await pipeline.send(event);
      const second = await pipeline.send(event);
      const outcomes = `${first.outcome}, ${second.outcome}`;
      expectThat(outcomes === 'accepted, duplicate', `accepted and then a duplicate, and not ${outcomes}`);
    },
  },
  {
    name: 'a reaction runs once although its message comes twice',
    once: true,
    play: async (stage) => {
      const { pipeline } = stage;
      const event = fresh('invoice.payment_failed');
      await pipeline.send(event);
      await until(stage, 'the event is handled', () => pipeline.handledBy(event.id).length === 1);
      const [detail] = pipeline.published(event.id);
      const sqs = new SQSClient(pipeline.aws);
      const QueueUrl = pipeline.runtime.outputs[queueUrlOutput('billing')];
      const MessageBody = JSON.stringify({ 'detail-type': event.type, source: 'stripe', detail });
      await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody }));
      sqs.destroy();
      await until(stage, 'the message is handled again', () => pipeline.handledBy(event.id).length === 2);
    },
  },
  {
    name: 'a notification is delivered to the resolver, or to its DLQ',
    once: true,
    play: async (stage) => {
      const { pipeline } = stage;
      const { observations, faults } = pipeline.runtime;
      const queue = queueName('dev', 'thin');
      const arrivals: (string | undefined)[] = [];
      const note = ({ queue, dlq }: { queue?: string; dlq?: string | undefined }) => arrivals.push(queue ?? dlq);
      observations.on('delivered', note).on('undelivered', note);
      const notify = async () => {
        const { notification } = sampleThinEvent(THIN, { seed: String(performance.now()), created: Date.now() / 1000 });
        const { status } = await pipeline.send(notification);
        expectThat(status === 200, `the notification is accepted, and not answered ${status}`);
      };
      try {
        await notify();
        await until(stage, 'the notification is in the queue', () => arrivals.includes(queue));
        const fault = { service: 'sqs', operation: 'SendMessage', match: `:${queue}\n`, times: 1 } as const;
        faults.add({ ...fault, error: 'AccessDenied' });
        await notify();
        await until(stage, 'the next one is in the DLQ', () => arrivals.includes(deadLetterQueueName('dev', 'thin')));
      } finally {
        observations.off('delivered', note).off('undelivered', note);
      }
    },
  },
  {
    name: 'an administrator cannot forge an event',
    once: true,
    play: async ({ pipeline }) => {
      const events = new EventBridgeClient(pipeline.aws);
      const entry = { EventBusName: pipeline.runtime.outputs.BusName, Source: 'stripe', DetailType: 'x', Detail: '{}' };
      const forged = await events.send(new PutEventsCommand({ Entries: [entry] })).catch((error: Error) => error.name);
      events.destroy();
      expectThat(forged === 'AccessDeniedException', 'the bus refuses the event');
    },
  },
  {
    name: 'dead letters are redriven from the console',
    once: true,
    play: async (stage) => {
      const { pipeline } = stage;
      const [id = ''] = await fillDlq(pipeline, 'fraud', 'review.opened', 1);
      await runAutomation(pipeline, 'stripe-fanout-dev-RedriveDlq', { Domain: 'fraud', MaxPerSecond: 100 });
      await until(stage, 'the dead letter is handled', () => pipeline.handledBy(id).length > 0);
    },
  },
  {
    name: 'the archive is replayed from the console',
    once: true,
    play: async (stage) => {
      const { pipeline, domain } = stage;
      const event = eventOf(domain);
      const before = Date.now();
      await pipeline.send(event);
      await until(stage, 'the event is handled', () => pipeline.handledBy(event.id).length === 1);
      const rule = ruleName('dev', longestPrefix(event.type)?.id ?? 'Unrecognized');
      await runAutomation(pipeline, 'stripe-fanout-dev-ReplayArchive', {
        From: wholeSeconds(before - 1_000),
        To: wholeSeconds(Date.now() + 1_000),
        RuleArns: [`arn:aws:events:us-east-1:000000000000:rule/${busName('dev')}/${rule}`],
      });
      await until(stage, 'the event is handled again', () => pipeline.handledBy(event.id).length > 1);
    },
  },
  {
    name: 'a domain is paused and resumed from the console',
    once: true,
    play: async (stage) => {
      const { pipeline, domain } = stage;
      const event = eventOf(domain);
      await runAutomation(pipeline, 'stripe-fanout-dev-PauseDomain', { Domain: domain });
      await pipeline.send(event);
      const queue = queueName('dev', domain);
      await until(stage, 'the event waits', () => (pipeline.runtime.queueDepths()[queue]?.visible ?? 0) > 0);
      await runAutomation(pipeline, 'stripe-fanout-dev-ResumeDomain', { Domain: domain });
      await until(stage, 'the event is handled', () => pipeline.handledBy(event.id).length > 0);
    },
  },
];
