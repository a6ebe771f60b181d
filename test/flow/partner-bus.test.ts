import { randomUUID } from 'node:crypto';
import {
  DisableRuleCommand,
  EnableRuleCommand,
  EventBridgeClient,
  PutEventsCommand,
  PutPartnerEventsCommand,
} from '@aws-sdk/client-eventbridge';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Emission } from '#local/stripe/emit/emission.ts';
import { unusedStatements } from './permissions/unused-statements.ts';
import { cliJson } from './run-cli.ts';
import { breakUntilMended, fresh, startPipeline } from './start-pipeline.ts';
import { synthesizeStage } from './synthesize-stage.ts';

const SOURCE = 'aws.partner/stripe.com/ed_test_61Flow';
let pipeline: Awaited<ReturnType<typeof startPipeline>>;
let bus: EventBridgeClient;
let assembly: string;
beforeAll(async () => {
  assembly = synthesizeStage({ partnerEventSources: [{ source: SOURCE, name: 'bridge' }] });
  pipeline = await startPipeline(assembly);
  bus = new EventBridgeClient(pipeline.aws);
});
afterAll(async () => {
  bus.destroy();
  await pipeline[Symbol.asyncDispose]();
});

const stripe = () => {
  if (!pipeline.runtime.stripe) throw new Error('Stripe’s stand-in was expected to run.');
  return pipeline.runtime.stripe;
};

/** Sends one and the same event to each of these destinations, in this order. @returns its id */
function emitTo(emission: Pick<Emission, 'type' | 'style'>, ...destinations: readonly string[]): string {
  const same = { ...emission, seed: randomUUID(), created: Math.floor(Date.now() / 1000) };
  const ids = destinations.map((destination) => stripe().emit({ ...same, destination })[0]?.id);
  expect(new Set(ids).size).toBe(1);
  return String(ids[0]);
}

/** Puts a detail on the partner bus, as Stripe alone can. */
const put = (detail: string, DetailType = 'charge.succeeded') =>
  bus.send(new PutPartnerEventsCommand({ Entries: [{ Source: SOURCE, DetailType, Detail: detail }] }));

const viaOf = (id: string) => pipeline.published(id).map((detail) => JSON.parse(JSON.stringify(detail)).fanout.via);
const dlqDepth = () => pipeline.runtime.queueDepths()['stripe-fanout-dev-partner-dlq']?.visible;

describe('an event that comes over Stripe’s partner bus', () => {
  it('is handled like one from a webhook, and says how it came', async () => {
    const id = emitTo({ type: 'charge.succeeded' }, 'bridge');
    await pipeline.runtime.settled();

    expect(pipeline.published(id)).toMatchObject([{ id, fanout: { via: 'partner', destination: 'bridge' } }]);
    await expect.poll(() => pipeline.handledBy(id)).toEqual(['stripe-fanout-dev-handler-core']);
  });

  it('keeps Stripe’s own bytes', async () => {
    const event = fresh('charge.succeeded');
    const detail = JSON.stringify(event).replace('"livemode":false', '"livemode" : false,"big":12345678901234567890');
    let text = '';
    pipeline.runtime.observations.once('published', (partner) => {
      expect(partner.bus).toBe(SOURCE);
      pipeline.runtime.observations.once('published', (own) => {
        text = own.detail;
      });
    });

    await put(detail);
    await pipeline.runtime.settled();

    expect(text.startsWith(detail.slice(0, -1))).toBe(true);
  });

  it.each([
    ['after', ['account', 'bridge'], ['webhook']],
    ['before', ['bridge', 'account'], ['partner']],
  ])('is handled once when it comes %s its webhook twin', async (_, [first = '', second = ''], via) => {
    const same = { type: 'charge.succeeded', seed: randomUUID(), created: Math.floor(Date.now() / 1000) };
    const [event] = stripe().emit({ ...same, destination: first });
    await pipeline.runtime.settled();
    stripe().emit({ ...same, destination: second });
    await pipeline.runtime.settled();

    expect(viaOf(String(event?.id))).toEqual(via);
    await expect.poll(() => pipeline.handledBy(String(event?.id))).toEqual(['stripe-fanout-dev-handler-core']);
  });

  it('is handled once when it comes at once with its webhook twins, many times over', async () => {
    const ids = Array.from({ length: 12 }, (_, i) =>
      emitTo(
        { type: 'charge.succeeded' },
        ...(i % 2 ? ['account', 'bridge', 'bridge'] : ['bridge', 'account', 'account']),
      ),
    );
    await pipeline.runtime.settled();

    for (const id of ids) {
      expect(viaOf(id)).toHaveLength(1);
      await expect.poll(() => pipeline.handledBy(id)).toEqual(['stripe-fanout-dev-handler-core']);
    }
  });

  it('waits for the resolver when it is thin', async () => {
    const notified = new Promise<string>((resolve) => {
      pipeline.runtime.observations.on('delivered', ({ rule, queue }) => {
        if (rule === 'stripe-fanout-dev-Thin') resolve(queue);
      });
    });

    const id = emitTo({ type: 'customer.updated', style: 'thin' }, 'bridge');

    expect(await notified).toBe('stripe-fanout-dev-thin');
    expect(pipeline.published(id)[0]).toMatchObject({ type: 'v1.customer.updated', fanout: { payload: 'thin' } });
  });

  it('is tried again when the ledger does not answer, and is then published once', async () => {
    let invocations = 0;
    pipeline.runtime.observations.on('invoked', (invoked) => {
      if (invoked.function === 'stripe-fanout-dev-partner-ingress') invocations += 1;
    });
    // Enough for the claim's three tries by the client.
    breakUntilMended(pipeline, {
      service: 'dynamodb',
      operation: 'UpdateItem',
      times: 6,
      error: 'InternalServerError',
    });

    const id = emitTo({ type: 'charge.succeeded' }, 'bridge');
    await pipeline.runtime.settled();

    expect(invocations).toBeGreaterThan(1);
    expect(viaOf(id)).toEqual(['partner']);
    expect(await pipeline.failures('partner')).toEqual([]);
  });

  it('is in the failures index and then in the DLQ when it cannot be published, and a redrive mends it', async () => {
    const mend = breakUntilMended(pipeline, {
      service: 'events',
      operation: 'PutEvents',
      times: 'always',
      error: 'AccessDeniedException',
    });
    const id = emitTo({ type: 'charge.succeeded' }, 'bridge');
    await pipeline.runtime.settled();

    expect(dlqDepth()).toBe(1);
    const shown = await cliJson(pipeline, 'dlq', 'show', 'partner', '--group', 'error');
    expect(JSON.stringify(shown.data)).toContain('publish_failed');

    mend();
    expect(await cliJson(pipeline, 'dlq', 'redrive', 'partner', '--yes')).toMatchObject({ code: 0 });
    await pipeline.runtime.settled();

    expect(viaOf(id)).toEqual(['partner']);
    expect(await pipeline.failures('partner')).toEqual([]);
  });
});

describe('fanout doctor', () => {
  const partnerFindings = async () => {
    const { data } = await cliJson(pipeline, 'doctor');
    return data.findings.filter(({ check }: { check: string }) => check === 'partner sources');
  };

  it('says that the source feeds the pipeline, and what is wrong when its rule is off', async () => {
    const rule = { EventBusName: SOURCE, Name: 'stripe-fanout-dev-Partner' };

    expect(await partnerFindings()).toEqual([
      { check: 'partner sources', level: 'ok', what: 'bridge feeds the pipeline.' },
    ]);
    await bus.send(new DisableRuleCommand(rule));
    const whileOff = await partnerFindings();
    await bus.send(new EnableRuleCommand(rule));

    expect(whileOff).toMatchObject([{ level: 'error', remedy: expect.stringContaining('aws events enable-rule') }]);
  });
});

describe('what is no event of this stage', () => {
  it.each([
    ['no Stripe event', '{"id":"evt_nothing"}', 'not_a_stripe_event'],
    [
      'live mode at a test source',
      () => JSON.stringify(fresh('charge.succeeded', { livemode: true })),
      'destination_mismatch',
    ],
  ])('is parked with its reason: %s', async (_, detail, code) => {
    const before = dlqDepth() ?? 0;

    await put(typeof detail === 'string' ? detail : detail());
    await pipeline.runtime.settled();

    expect(dlqDepth()).toBe(before + 1);
    const failures = await pipeline.failures('partner');
    expect(failures.map(({ errorCode }) => errorCode?.S)).toContain(code);
  });

  it('cannot be put on the bus by anybody but Stripe', async () => {
    const event = fresh('charge.succeeded');
    const forged = { EventBusName: SOURCE, DetailType: event.type, Detail: JSON.stringify(event) };

    const { Entries } = await bus.send(
      new PutEventsCommand({
        Entries: [
          { ...forged, Source: SOURCE },
          { ...forged, Source: 'stripe' },
        ],
      }),
    );
    await pipeline.runtime.settled();

    expect(Entries?.[0]?.ErrorCode).toBe('NotAuthorizedForSourceException');
    // The other is taken by the bus and matched by no rule.
    expect(Entries?.[1]?.EventId).toBeTypeOf('string');
    expect(pipeline.published(event.id)).toEqual([]);
  });
});

describe('what the templates allow for the partner bus', () => {
  it('is used by what went before, but for what permissions.test.ts plays at the webhook', () => {
    expect(unusedStatements(assembly, pipeline.runtime, /Partner/)).toEqual([
      // A rule that cannot deliver, and an event too large for the bus.
      'StripeFanoutData/PartnerDeadLetterQueuePolicy#AllowRulesOfTheBus: sqs:SendMessage',
      'StripeFanoutPipeline/PartnerIngressRoleDefaultPolicy#StoreLargeEvents: s3:PutObject',
    ]);
  });
});
