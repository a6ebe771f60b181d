import { mkdtempSync } from 'node:fs';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { App, SecretValue, Stack } from 'aws-cdk-lib';
import {
  ApiDestination,
  Authorization,
  Connection,
  EventBus,
  EventField,
  type IApiDestination,
  type IEventBus,
  RuleTargetInput,
} from 'aws-cdk-lib/aws-events';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { DefinitionBody, Pass, StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { StripeEventSubscription } from '#infra/subscribe/stripe-event-subscription.ts';
import { StripeFanoutBus } from '#infra/subscribe/stripe-fanout-bus.ts';
import type { StripeEventSubscriptionProps } from '#infra/subscribe/subscription-props.ts';
import type { RuntimeEvents } from '#local/observe/observations.ts';
import { cdk } from '../infra/subscribe/team-app.ts';
import { fresh, startPipeline } from './start-pipeline.ts';

/** Somebody's HTTPS endpoint, on this machine. */
const requests: { url: string | undefined; headers: IncomingHttpHeaders; body: string }[] = [];
let answers: number[] = [];
const endpoint = createServer(async (request, response) => {
  requests.push({ url: request.url, headers: request.headers, body: await text(request) });
  response.writeHead(answers.shift() ?? 204).end();
});

let pipeline: Awaited<ReturnType<typeof startPipeline>>;
const started: RuntimeEvents['started'][0][] = [];
beforeAll(async () => {
  await new Promise<void>((resolve) => endpoint.listen(0, '127.0.0.1', resolve));
  const { port } = endpoint.address() as AddressInfo;
  pipeline = await startPipeline('cdk.out', {
    with: [synthesizeTeam()],
    printsDenials: false,
    endpoints: { 'https://erp.example.com': `http://127.0.0.1:${port}` },
  });
  pipeline.runtime.observations.on('started', (one) => started.push(one));
});
afterAll(async () => {
  await pipeline[Symbol.asyncDispose]();
  endpoint.closeAllConnections();
  endpoint.close();
});

/** A team that has every kind of target without a queue before it, and one queue that gets other texts. */
function synthesizeTeam(): string {
  const app = new App({ outdir: mkdtempSync(join(tmpdir(), 'targets-')) });
  const stack = new Stack(app, 'Targets', { env: { account: '000000000000', region: 'us-east-1' } });
  const bus = StripeFanoutBus.fromStage(stack, 'dev');
  const subscribe = (name: string, event: string, target: StripeEventSubscriptionProps['target'], more = {}) =>
    new StripeEventSubscription(stack, name, { bus, name, events: [event], target, ...more });
  const connection = new Connection(stack, 'Erp', {
    authorization: Authorization.apiKey('x-api-key', SecretValue.unsafePlainText('of-the-erp')),
  });
  const at = (id: string, url: string) =>
    cdk<IApiDestination>(new ApiDestination(stack, id, { connection, endpoint: url }));
  const machine = (id: string) =>
    new StateMachine(stack, id, {
      stateMachineName: id,
      definitionBody: DefinitionBody.fromChainable(new Pass(stack, `${id}Pass`)),
    });
  const id = EventField.fromPath('$.detail.data.object.id');

  subscribe('endpoint', 'invoice.paid', at('Invoices', 'https://erp.example.com/invoices?from=stripe'), {
    transform: RuleTargetInput.fromObject({
      paid: id,
      note: `Invoice ${id}`,
      live: EventField.fromPath('$.detail.livemode'),
    }),
  });
  subscribe('elsewhere', 'invoice.voided', at('Elsewhere', 'https://elsewhere.example.com/'));
  subscribe('machine', 'payout.paid', machine('settle'));
  subscribe('small-machine', 'payout.failed', machine('mourn'), {
    transform: RuleTargetInput.fromObject({ payout: id, rule: EventField.fromPath('$.source') }),
  });
  subscribe('texts', 'charge.refunded', new Queue(stack, 'Texts', { queueName: 'texts' }), {
    transform: RuleTargetInput.fromText(`Charge ${id} was refunded, says "${EventField.fromPath('$.source')}"`),
  });
  subscribe('other-bus', 'price.created', cdk<IEventBus>(new EventBus(stack, 'Own', { eventBusName: 'own' })));
  return app.synth().directory;
}

/** Bodies in a queue whose name contains this. */
const depthOf = (rule: string) =>
  Object.entries(pipeline.runtime.queueDepths())
    .filter(([name]) => name.toLowerCase().includes(rule.replace('-', '')))
    .map(([, { visible }]) => visible);

/** Takes the one message of a queue. */
async function received(queue: string): Promise<string | undefined> {
  const sqs = new SQSClient(pipeline.aws);
  const QueueUrl = `${pipeline.runtime.awsUrl}/000000000000/${queue}`;
  const { Messages = [] } = await sqs.send(new ReceiveMessageCommand({ QueueUrl }));
  sqs.destroy();
  return Messages[0]?.Body;
}

describe('an HTTPS endpoint as the target of a subscription', () => {
  it('is called with what transform makes of the event, and with the key of its connection', async () => {
    const event = fresh('invoice.paid');
    await pipeline.send(event);
    await pipeline.runtime.settled();

    const { id } = event.data.object as { id: string };
    expect(requests).toHaveLength(1);
    expect(requests[0]).toMatchObject({
      url: '/invoices?from=stripe',
      headers: { 'x-api-key': 'of-the-erp', 'content-type': 'application/json; charset=utf-8' },
    });
    expect(JSON.parse(requests[0]?.body ?? '')).toEqual({ paid: id, note: `Invoice ${id}`, live: false });
  });

  it('is called again while it is busy, and what it refuses for good is in the DLQ of the subscription, whole', async () => {
    requests.length = 0;
    answers = [503, 429, 204];
    await pipeline.send(fresh('invoice.paid'));
    await pipeline.runtime.settled();
    expect(requests).toHaveLength(3);
    expect(depthOf('endpoint')).toEqual([0]);

    answers = [400];
    await pipeline.send(fresh('invoice.paid'));
    await pipeline.runtime.settled();
    expect(requests).toHaveLength(4);
    expect(depthOf('endpoint')).toEqual([1]);
  });

  it('that nothing on this machine stands for is told at the start and never called', async () => {
    expect(pipeline.runtime.unsupported).toContainEqual(
      expect.objectContaining({ what: expect.stringContaining('https://elsewhere.example.com') }),
    );

    await pipeline.send(fresh('invoice.voided'));
    await pipeline.runtime.settled();

    expect(depthOf('elsewhere')).toEqual([1]);
  });
});

describe('a state machine as the target of a subscription', () => {
  it('is started with the event as it is on the bus, below what it takes', async () => {
    const event = fresh('payout.paid');
    await pipeline.send(event);
    await pipeline.runtime.settled();

    expect(started).toMatchObject([{ rule: 'machine', stateMachine: 'settle' }]);
    expect(JSON.parse(started[0]?.input ?? '')).toMatchObject({ 'detail-type': 'payout.paid', detail: event });
  });

  it('gets an event that is too large for it as a reference', async () => {
    started.length = 0;
    const event = fresh('payout.paid');
    const object = { ...event.data.object, description: 'x'.repeat(300_000) };
    await pipeline.send({ ...event, data: { ...event.data, object } });
    await pipeline.runtime.settled();

    expect(JSON.parse(started[0]?.input ?? '').detail.fanout).toMatchObject({ payload: 'reference' });
    expect(Buffer.byteLength(started[0]?.input ?? '')).toBeLessThan(262_144);
  });

  it('gets what transform makes of it', async () => {
    started.length = 0;
    const event = fresh('payout.failed');
    await pipeline.send(event);
    await pipeline.runtime.settled();

    const { id } = event.data.object as { id: string };
    expect(started).toMatchObject([{ stateMachine: 'mourn', input: JSON.stringify({ payout: id, rule: 'stripe' }) }]);
  });

  it('is not started without the right to, and the event is in the DLQ', async () => {
    started.length = 0;
    const { access } = pipeline.runtime;
    const rights = access.statements().filter(({ id }) => /DeliverToTarget/.test(id) && /^Targets|machine/.test(id));
    expect(rights.length).toBeGreaterThan(0);
    const give = rights.map(({ id }) => access.withdraw(id));

    await pipeline.send(fresh('payout.failed'));
    await pipeline.runtime.settled();
    for (const back of give) back();

    expect(started).toEqual([]);
    expect(depthOf('small-machine')).toEqual([1]);
  });
});

describe('a queue as the target of a subscription', () => {
  it('gets the text that transform makes, as a JSON string', async () => {
    const event = fresh('charge.refunded');
    await pipeline.send(event);
    await pipeline.runtime.settled();

    const { id } = event.data.object as { id: string };
    expect(await received('texts')).toBe(JSON.stringify(`Charge ${id} was refunded, says "stripe"`));
  });
});

describe('a bus as the target of a subscription', () => {
  it('gets the event as it is', async () => {
    const event = fresh('price.created');
    const seen: string[] = [];
    pipeline.runtime.observations.on('delivered', ({ queue }) => seen.push(queue));
    await pipeline.send(event);
    await pipeline.runtime.settled();

    expect(seen.filter((queue) => queue.endsWith(':event-bus/own'))).toHaveLength(1);
  });
});
