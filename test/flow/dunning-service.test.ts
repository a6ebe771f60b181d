import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  DisableRuleCommand,
  EnableRuleCommand,
  EventBridgeClient,
  ListRulesCommand,
} from '@aws-sdk/client-eventbridge';
import {
  DeleteMessageCommand,
  PurgeQueueCommand,
  ReceiveMessageCommand,
  SQSClient,
  StartMessageMoveTaskCommand,
} from '@aws-sdk/client-sqs';
import { App, Stack } from 'aws-cdk-lib';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { StripeEventSubscription } from '#infra/subscribe/stripe-event-subscription.ts';
import { StripeFanoutBus } from '#infra/subscribe/stripe-fanout-bus.ts';
import { comesAs } from '#shared/catalogue/comes-as.ts';
import { EVENT_TYPES } from '#shared/catalogue/event-types.ts';
import { matchesPattern } from '#shared/patterns/matches-pattern.ts';
import { Dunned } from './dunned.ts';
import { DunningService } from './dunning-service.ts';
import { counted } from './fill-dlq.ts';
import { cliJson } from './run-cli.ts';
import { breakUntilMended, fresh, startPipeline } from './start-pipeline.ts';

const BUS = 'stripe-fanout-dev';
const HOUR_AGO = new Date(Date.now() - 3_600_000).toISOString();
const ASKED_FOR = ['invoice.payment_failed', 'customer.subscription.deleted'];
/** The 210 types of Stripe's list; in a short run every sixth, and those that begin like the two. */
const TYPES = EVENT_TYPES.filter((entry) => entry.since === 'base' && comesAs(entry, 'snapshot'))
  .map(({ type }) => type)
  .filter((type, index) => counted(index % 6, 0) === 0 || /^(invoice|customer\.subscription)\./.test(type));

let service: DunningService;
let pipeline: Awaited<ReturnType<typeof startPipeline>>;
let lateAssembly: string;
let rules: { readonly name: string; readonly pattern: unknown }[];
const dunned = new Dunned();
const ruleOf = (stack: string) => rules.find(({ name }) => name.startsWith(`${stack}-`));
const queueOf = (stack: string, part: string) =>
  Object.keys(pipeline.runtime.queueDepths()).find((name) => name.startsWith(`${stack}-DunningEvents${part}`)) ??
  'none';
const depthOf = (queue: string) => pipeline.runtime.queueDepths()[queue]?.visible;

beforeAll(async () => {
  service = new DunningService();
  lateAssembly = service.synthesize({ stackName: 'LateJoiner', startFrom: HOUR_AGO });
  pipeline = await startPipeline('cdk.out', {
    with: [service.synthesize(), lateAssembly, orderedQueue()],
    log: dunned.log,
  });
  const events = new EventBridgeClient(pipeline.aws);
  const { Rules = [] } = await events.send(new ListRulesCommand({ EventBusName: BUS }));
  rules = Rules.map(({ Name = '', EventPattern = '{}' }) => ({ name: Name, pattern: JSON.parse(EventPattern) }));
  // It joins later.
  await events.send(new DisableRuleCommand({ Name: ruleOf('LateJoiner')?.name, EventBusName: BUS }));
});
afterAll(() => pipeline[Symbol.asyncDispose]());

/** Another team's stack: a FIFO queue that is subscribed, and nobody who drains it. */
function orderedQueue(): string {
  const app = new App({ outdir: mkdtempSync(join(tmpdir(), 'stripe-fanout-ordered-')) });
  const stack = new Stack(app, 'Ordered');
  new StripeEventSubscription(stack, 'Invoices', {
    bus: StripeFanoutBus.fromStage(stack, 'dev'),
    events: ['invoice.payment_failed'],
    where: { object: { metadata: { ordered: ['yes'] } } },
    target: new Queue(stack, 'Queue', { queueName: 'ordered.fifo', fifo: true, contentBasedDeduplication: true }),
  });
  app.synth();
  return app.outdir;
}

describe('the example, installed from the tarball', () => {
  it('passes its own type checks and tests', { timeout: 240_000 }, () => {
    const tests = ['dunning', 'dunning-stack'].map((name) => join('test', `${name}.test.ts`));

    expect(service.run(join('node_modules', 'typescript', 'bin', 'tsc'), '--noEmit')).toBe('');
    expect(service.run('--test', ...tests)).toMatch(/fail 0/);
  });

  it('has nothing in its templates that does not run here', () => {
    expect(pipeline.runtime.unsupported).toEqual([]);
  });
});

describe(`while ${TYPES.length} types of events come in`, () => {
  it('its function gets exactly those that its pattern selects', { timeout: 240_000 }, async () => {
    const byInvoice = { object: { ...fresh('invoice.payment_failed').data.object, collection_method: 'send_invoice' } };
    const events = [...TYPES.map((type) => fresh(type)), fresh('invoice.payment_failed', byInvoice)];
    const pattern = ruleOf('DunningService')?.pattern;

    for (const event of events) expect(await pipeline.send(event)).toMatchObject({ status: 200 });
    await pipeline.runtime.settled(200_000);

    const onTheBus = events.flatMap(({ id, type }) =>
      pipeline.published(id).map((detail) => ({ source: 'stripe', 'detail-type': type, detail })),
    );
    const wanted = onTheBus.filter((entry) => matchesPattern(pattern, entry)).map(({ detail }) => detail);
    expect(dunned.by('DunningService').toSorted()).toEqual(wanted.map(({ id }) => id).toSorted());
    expect(wanted.map(({ type }) => type).toSorted()).toEqual(ASKED_FOR.toSorted());
    expect(onTheBus).toHaveLength(events.length);
  });
});

describe('an event that is delivered twice', () => {
  it('is dunned for once', async () => {
    const event = fresh('invoice.payment_failed');

    await pipeline.send(event);
    await pipeline.runtime.settled();
    await cliJson(pipeline, 'replay', '--from', '1h', '--domain', 'billing', '--yes');
    await pipeline.runtime.settled();

    expect(dunned.about(event.id, 'DunningService')).toEqual(['reminded']);
  });
});

describe('a late joiner', () => {
  it('gets the last hour with the command that its synthesis printed, and nobody else gets it again', async () => {
    const events = [fresh('invoice.payment_failed'), fresh('customer.subscription.deleted'), fresh('invoice.paid')];
    for (const event of events) await pipeline.send(event);
    await pipeline.runtime.settled();
    const others = () => events.map(({ id }) => [...pipeline.handledBy(id), ...dunned.about(id, 'DunningService')]);
    const [before, early] = [others(), dunned.by('DunningService')];
    expect(dunned.by('LateJoiner')).toEqual([]);

    const name = ruleOf('LateJoiner')?.name;
    await new EventBridgeClient(pipeline.aws).send(new EnableRuleCommand({ Name: name, EventBusName: BUS }));
    const printed = readFileSync(join(lateAssembly, 'LateJoiner.metadata.json'), 'utf8');
    const [, command = ''] = /npm run fanout -- (replay [^"\\]+)/.exec(printed) ?? [];
    const { code, data } = await cliJson(pipeline, ...command.replace('--stage dev ', '').split(' '));
    await pipeline.runtime.settled();

    expect({ code, rules: data.rules }).toEqual({ code: 0, rules: [name] });
    expect(dunned.by('LateJoiner').toSorted()).toEqual(early.toSorted());
    expect(others()).toEqual(before);
  });
});

describe('a FIFO queue that is subscribed', () => {
  it('gives the events of one Stripe object to one receiver at a time, as they were published', async () => {
    const about = (id: string) => {
      const { object } = fresh('invoice.payment_failed').data;
      return fresh('invoice.payment_failed', { object: { ...object, id, metadata: { ordered: 'yes' } } });
    };
    const events = [about('in_one'), about('in_one'), about('in_two')];
    for (const event of events) {
      await pipeline.send(event);
      await pipeline.runtime.settled();
    }
    const sqs = new SQSClient(pipeline.aws);
    const QueueUrl = `${pipeline.runtime.awsUrl}/000000000000/ordered.fifo`;
    const MessageSystemAttributeNames = ['MessageGroupId' as const];
    // The longest that there is: this runtime divides it by 3,600.
    const VisibilityTimeout = 43_200;
    const receive = (MaxNumberOfMessages: number) =>
      sqs.send(
        new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages, VisibilityTimeout, MessageSystemAttributeNames }),
      );

    const first = await receive(1);
    const meanwhile = await receive(10);
    await sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle: first.Messages?.[0]?.ReceiptHandle }));
    const then = await receive(10);
    await sqs.send(new PurgeQueueCommand({ QueueUrl }));

    const seen = [first, meanwhile, then].map(({ Messages = [] }) =>
      Messages.map(({ Body = '{}', Attributes }) => [JSON.parse(Body).detail.id, Attributes?.MessageGroupId]),
    );
    const [one, two, other] = events.map(({ id }) => id);
    expect(seen).toEqual([[[one, 'in_one']], [[other, 'in_two']], [[two, 'in_one']]]);
  });
});

/** The queues with something in them. */
const filled = () =>
  Object.entries(pipeline.runtime.queueDepths()).flatMap(([name, { visible, inFlight }]) =>
    visible + inFlight > 0 ? [name] : [],
  );

describe('a subscriber whose function fails', () => {
  it('fills its own DLQ, and nobody else notices', async () => {
    const event = fresh('invoice.payment_failed');
    const mend = breakUntilMended(pipeline, {
      service: 'dynamodb',
      operation: 'UpdateItem',
      match: 'DunningService-Cases',
      error: 'ValidationException',
      times: 'always',
    });

    await pipeline.runtime.settled();
    const before = filled();
    const answer = await pipeline.send(event);
    await pipeline.runtime.settled();

    expect(answer).toEqual({ status: 200, outcome: 'accepted' });
    expect(depthOf(queueOf('DunningService', 'DeadLetterQueue'))).toBe(1);
    expect(dunned.about(event.id, 'DunningService')).toEqual([]);
    expect(pipeline.handledBy(event.id)).toEqual(['stripe-fanout-dev-handler-billing']);
    expect(dunned.about(event.id, 'LateJoiner')).toEqual(['reminded']);
    // What was in a DLQ before is of events whose objects this Stripe has never had.
    expect(filled().filter((name) => !before.includes(name))).toEqual([queueOf('DunningService', 'DeadLetterQueue')]);

    mend();
    const arn = (queue: string) => `arn:aws:sqs:us-east-1:000000000000:${queue}`;
    const move = new StartMessageMoveTaskCommand({
      SourceArn: arn(queueOf('DunningService', 'DeadLetterQueue')),
      DestinationArn: arn(queueOf('DunningService', 'Queue')),
    });
    await new SQSClient(pipeline.aws).send(move);
    await pipeline.runtime.settled();
    expect(dunned.about(event.id, 'DunningService')).toEqual(['reminded']);
  });
});
