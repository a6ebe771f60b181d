import { deepEqual, equal, rejects } from 'node:assert/strict';
import { describe, it } from 'node:test';
import { idempotent } from 'stripe-fanout/events';
import { memoryLedger, sampleStripeEvent, sqsRecord } from 'stripe-fanout/testing';
import type { Cases } from '../handler/dunning.ts';
import { handleRecord } from '../handler/handle-record.ts';

const time = { getRemainingTimeInMillis: () => 20_000 };

/** Ports that write down what they are asked for. */
function ports(failing?: Error) {
  const calls: unknown[] = [];
  const call = async (...parts: unknown[]) => {
    if (failing) throw failing;
    calls.push(parts);
  };
  const cases: Cases = {
    remind: (customer, reminder) => call('remind', customer, reminder),
    close: (customer) => call('close', customer),
  };
  const once = idempotent({ name: 'dunning', ledger: memoryLedger() });
  return { calls, ports: { cases, once, log: () => undefined } };
}

describe('a failed payment', () => {
  const object = { id: 'in_1', customer: 'cus_1', attempt_count: 2, amount_due: 4_200, currency: 'eur' };
  const event = sampleStripeEvent('invoice.payment_failed', { object });

  it('has its customer reminded', async () => {
    const { calls, ports: given } = ports();

    await handleRecord(sqsRecord(event), time, given);

    deepEqual(calls, [['remind', 'cus_1', { invoice: 'in_1', attempt: 2, amountDue: 4_200, currency: 'eur' }]]);
  });

  it('has its customer reminded once, however often it is delivered', async () => {
    const { calls, ports: given } = ports();

    await handleRecord(sqsRecord(event), time, given);
    await handleRecord(sqsRecord(event, { receiveCount: 2 }), time, given);

    equal(calls.length, 1);
  });

  it('stays in the queue when nobody can be reminded now', async () => {
    const { ports: given } = ports(new Error('the table is away'));

    await rejects(handleRecord(sqsRecord(event), time, given), /the table is away/);
  });

  it('of nobody reminds nobody', async () => {
    const { calls, ports: given } = ports();

    await handleRecord(
      sqsRecord(sampleStripeEvent('invoice.payment_failed', { object: { customer: null } })),
      time,
      given,
    );

    deepEqual(calls, []);
  });
});

describe('a subscription that ended', () => {
  it("closes its customer's case", async () => {
    const { calls, ports: given } = ports();
    const event = sampleStripeEvent('customer.subscription.deleted', { object: { customer: 'cus_1' } });

    await handleRecord(sqsRecord(event), time, given);

    deepEqual(calls, [['close', 'cus_1']]);
  });
});

describe('an event that was not subscribed to', () => {
  it('is not taken: rule and code disagree', async () => {
    const { ports: given } = ports();

    await rejects(handleRecord(sqsRecord(sampleStripeEvent('charge.refunded')), time, given), /charge\.refunded/);
  });
});
