import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { startRuntime } from '#local/runtime.ts';
import { Dunned } from './dunned.ts';
import { DunningService } from './dunning-service.ts';
import { fresh, startPipeline } from './start-pipeline.ts';
import { synthesizeStage } from './synthesize-stage.ts';

/** Ours is 000000000000. */
const TEAM_ACCOUNT = '444455556666';
const busArn = 'arn:aws:events:us-east-1:000000000000:event-bus/stripe-fanout-dev';

let service: DunningService;
let overBus: string;
let pipeline: Awaited<ReturnType<typeof startPipeline>>;
const dunned = new Dunned();
const WAYS = ['OverBus', 'Direct'] as const;

beforeAll(async () => {
  service = new DunningService();
  overBus = service.synthesize({ stackName: 'OverBus', busArn }, TEAM_ACCOUNT);
  const direct = service.synthesize({ stackName: 'Direct', busArn, direct: 'true' }, TEAM_ACCOUNT);
  const stage = synthesizeStage({ organization: 'o-a1b2c3d4e5', subscribers: [service.rowIn(direct)] });
  pipeline = await startPipeline(stage, { with: [overBus, direct], log: dunned.log, printsDenials: false });
});
afterAll(() => pipeline[Symbol.asyncDispose]());

/** What the function of each way did about an event. */
const done = (id: string) => Object.fromEntries(WAYS.map((way) => [way, dunned.about(id, way)]));
const waiting = () =>
  Object.entries(pipeline.runtime.queueDepths())
    .filter(([, { visible, inFlight, delayed }]) => visible + inFlight + delayed > 0)
    .map(([name]) => name);

/** Takes a statement out of the templates' policies until the test ends. */
function withoutStatement(ending: RegExp): void {
  const { access } = pipeline.runtime;
  const found = access.statements().filter(({ id }) => ending.test(id));
  expect(found).toHaveLength(1);
  for (const { id } of found) onTestFinished(access.withdraw(id));
}

describe('a subscription in another account', () => {
  it('gets exactly the events it asked for, over a bus of its own and from a rule of ours', async () => {
    const wanted = [fresh('invoice.payment_failed'), fresh('customer.subscription.deleted')];
    const others = [fresh('invoice.paid'), fresh('customer.subscription.updated'), fresh('charge.succeeded')];

    for (const event of [...wanted, ...others]) await pipeline.send(event);
    await pipeline.runtime.settled();

    for (const way of WAYS) expect(dunned.by(way).toSorted()).toEqual(wanted.map(({ id }) => id).toSorted());
    expect(waiting()).toEqual([]);
  });

  it('reads an event that is too large for the bus from our bucket', async () => {
    const event = fresh('invoice.payment_failed');
    const object = { ...event.data.object, footer: 'é'.repeat(150_000) };

    await pipeline.send({ ...event, data: { ...event.data, object } });
    await pipeline.runtime.settled();

    expect(pipeline.published(event.id)).toMatchObject([{ fanout: { payload: 'reference' } }]);
    expect(done(event.id)).toEqual({ OverBus: ['reminded'], Direct: ['reminded'] });
  });

  it('cannot read it where our bucket does not let its organization in', async () => {
    withoutStatement(/#OrganizationReadsEvents$/);
    const event = fresh('invoice.payment_failed');
    const object = { ...event.data.object, footer: 'é'.repeat(150_000) };

    await pipeline.send({ ...event, data: { ...event.data, object } });
    await pipeline.runtime.settled();

    expect(done(event.id)).toEqual({ OverBus: [], Direct: [] });
    expect(waiting()).toEqual([
      expect.stringMatching(/^OverBus-.*DeadLetterQueue/),
      'stripe-fanout-dev-to-dunning-dlq',
    ]);
  });
});

describe('a role that cannot send', () => {
  it('leaves a direct subscription’s events in the DLQ of the other account', async () => {
    withoutStatement(/#FillSubscribersQueue$/);
    const event = fresh('customer.subscription.deleted');
    const before = pipeline.runtime.queueDepths()['stripe-fanout-dev-to-dunning-dlq']?.visible ?? 0;

    await pipeline.send(event);
    await pipeline.runtime.settled();

    expect(done(event.id)).toEqual({ OverBus: ['closed'], Direct: [] });
    expect(pipeline.runtime.queueDepths()['stripe-fanout-dev-to-dunning-dlq']?.visible).toBe(before + 1);
  });
});

describe('an account of no organization that may subscribe', () => {
  it('cannot make a rule on our bus', async () => {
    const started = startRuntime({ assembly: 'cdk.out', with: [overBus], port: 0, awsPort: 0 });

    await expect(started).rejects.toThrow(
      /^The rule OverBus-\S+ cannot be made: User: arn:aws:iam::444455556666:\S+ is not authorized to perform: events:PutRule/,
    );
  });
});
