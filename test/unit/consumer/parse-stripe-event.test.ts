import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseStripeEvent, UnexpectedEventType } from '#consumer/parse-stripe-event.ts';
import type { AnyStripeEvent } from '#consumer/stripe-event.ts';
import { asReference } from '#consumer/testing/as-reference.ts';
import { eventBridgeEvent, sqsRecord } from '#consumer/testing/sample-deliveries.ts';
import { sampleStripeEvent } from '#consumer/testing/sample-stripe-event.ts';
import { EVENT_TYPES } from '#shared/catalogue/event-types.ts';
import { PipelineError } from '#shared/errors/pipeline-error.ts';
import { NotAnEvent } from '#shared/errors/queue-errors.ts';
import { PayloadLost, PayloadStoreUnavailable } from '#shared/errors/store-errors.ts';
import { REFUSED_TYPE } from '#shared/event/bus-entry.ts';
import { sampleFanoutEvent } from '#shared/samples/sample-fanout-event.ts';

const CATALOGUED = EVENT_TYPES.map(({ type }) => type);
const invoice = sampleStripeEvent('invoice.paid', { account: 'acct_1' });
const nowhere = { get: async () => Promise.reject(new Error('nothing is read')) };

/** Every shape in which an event can arrive. */
const SHAPES: Readonly<Record<string, (event: AnyStripeEvent) => Parameters<typeof parseStripeEvent>[0]>> = {
  'a record of an SQS batch': sqsRecord,
  'a message of the SQS API': (event) => ({ MessageId: '1', Body: sqsRecord(event).body }),
  "EventBridge's own event": eventBridgeEvent,
  'the text of an event': (event) => JSON.stringify(eventBridgeEvent(event)),
  'the event alone, by an input path': (event) => event,
  'a record that holds the event alone': (event) => ({ body: JSON.stringify(event) }),
  'what a Lambda destination wraps': (event) => ({ requestPayload: eventBridgeEvent(event) }),
};

describe('parseStripeEvent', () => {
  it.each(Object.entries(SHAPES))('reads %s', async (_name, shape) => {
    expect(await parseStripeEvent(shape(invoice), { payloads: nowhere })).toEqual(invoice);
  });

  it('gives back every catalogued type as it was sent, in whatever shape it comes', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...CATALOGUED),
        fc.constantFrom(...Object.values(SHAPES)),
        fc.record({ seed: fc.string(), livemode: fc.boolean() }),
        async (type, shape, options) => {
          const event = sampleFanoutEvent(type, options);

          expect(await parseStripeEvent(shape(event), { payloads: nowhere })).toEqual(event);
        },
      ),
    );
  });

  it('puts the payload of a large event of any type back in its place', async () => {
    for (const type of CATALOGUED) {
      const whole = sampleFanoutEvent(type);
      const { event, payloads } = asReference(whole);

      const parsed = await parseStripeEvent(sqsRecord(event), { payloads });

      expect(parsed.data).toEqual(whole.data);
      expect(parsed.fanout).toEqual({ ...whole.fanout, reference: event.fanout.reference });
    }
  });

  it.each([
    ['has other bytes', PayloadLost, { sha256: '0'.repeat(64) }],
    ['is shorter than it was', PayloadLost, { bytes: 1_000_000 }],
    ['is not there', PayloadLost, { key: 'events/evt_gone.json' }],
  ])('says so when the payload %s', async (_how, error, wrong) => {
    const { event, payloads } = asReference(invoice);
    const record = sqsRecord({
      ...event,
      fanout: { ...event.fanout, reference: { ...event.fanout.reference!, ...wrong } },
    });

    await expect(parseStripeEvent(record, { payloads })).rejects.toThrow(error);
  });

  it('says when the bucket does not answer, which may be another time', async () => {
    const away = { get: async () => Promise.reject(new PayloadStoreUnavailable('The bucket did not answer.')) };

    await expect(parseStripeEvent(sqsRecord(asReference(invoice).event), { payloads: away })).rejects.toMatchObject({
      disposition: 'retry',
    });
  });

  it('gives the event that the bus would not take, from where it was put instead', async () => {
    const { event, payloads } = asReference(invoice);
    const refused = { type: 'invoice.paid', code: 'MalformedDetail' };
    const { data: _unsaid, ...announced } = { ...event, type: REFUSED_TYPE, fanout: { ...event.fanout, refused } };

    const parsed = await parseStripeEvent({ detail: announced }, { types: ['invoice.paid'], payloads });

    expect(parsed.data).toEqual(invoice.data);
    expect(parsed.fanout.refused).toEqual(refused);
  });

  it('says which archive replay delivered an event again', async () => {
    const replayed = sampleStripeEvent('invoice.paid', { fanout: { replay: 'stripe-fanout-1' } });

    expect((await parseStripeEvent(sqsRecord(replayed))).fanout.replay).toBe('stripe-fanout-1');
  });

  it('takes the types it is told to and no other', async () => {
    const record = sqsRecord(invoice);

    expect((await parseStripeEvent(record, { types: ['invoice.*'] })).type).toBe('invoice.paid');
    await expect(parseStripeEvent(record, { types: ['payout.paid'] })).rejects.toThrow(UnexpectedEventType);
    await expect(parseStripeEvent(record, { types: ['payout.paid'] })).rejects.toThrow(
      `${invoice.id} is invoice.paid; payout.paid was expected.`,
    );
  });

  it.each([
    ['no JSON', 'hello', 'not JSON'],
    ['JSON of something else', '[]', 'not a JSON object'],
    ['a batch', { Records: [sqsRecord(invoice)] }, 'batch'],
    ['a list', [sqsRecord(invoice)], 'batch'],
    ['nothing', undefined, 'undefined'],
    ['another event of EventBridge', { detail: { state: 'running' } }, 'no "detail" with an id'],
    ["Stripe's event without fanout", { detail: { ...invoice, fanout: undefined } }, 'no "detail" with an id'],
    ['an event without its object', { detail: { ...invoice, data: {} } }, 'data.object'],
    ['an SNS notification', { body: '{"Type":"Notification","Message":"{}"}' }, 'no "detail" with an id'],
  ])('refuses %s and says what it saw', async (_name, delivery, words) => {
    const parsed = parseStripeEvent(delivery as never);

    await expect(parsed).rejects.toThrow(NotAnEvent);
    await expect(parsed).rejects.toThrow(words);
  });

  it('throws nothing but errors with a code, and says nothing of the data, whatever it is given', async () => {
    const secret = 'rider-secret-4242';
    const damaged = fc.oneof(
      fc.anything({ withBigInt: false }),
      fc.json(),
      fc.tuple(fc.nat(), fc.string()).map(([at, text]) => {
        const { body } = sqsRecord(sampleStripeEvent('customer.created', { object: { email: secret } }));
        return { body: body.slice(0, at % body.length) + text + secret };
      }),
    );
    await fc.assert(
      fc.asyncProperty(damaged, async (delivery) => {
        const thrown = await parseStripeEvent(delivery as never, { payloads: nowhere }).catch(
          (error: unknown) => error,
        );

        expect(thrown).toBeInstanceOf(PipelineError);
        expect(String(thrown)).not.toContain(secret);
      }),
    );
  });
});
