import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CardUse } from '#local/stripe/issuing/card-use.ts';
import { isRecord } from '#shared/event/stripe-event.ts';
import { unusedStatements } from './permissions/unused-statements.ts';
import { breakUntilMended, fresh, sign, startPipeline } from './start-pipeline.ts';
import { synthesizeStage } from './synthesize-stage.ts';

/** The count and rate; a few in the quick run, whose machine may be busy. */
const isFull = process.env.MODE === 'full';
const AUTHORIZATIONS = isFull ? 1_000 : 20;
const A_SECOND = 20;
const P99_MS = 500;

let pipeline: Awaited<ReturnType<typeof startPipeline>>;
let assembly: string;
beforeAll(async () => {
  const issuingAuthorization = { fallback: 'decline', policyMs: 1_200, provisionedConcurrency: 1 } as const;
  assembly = synthesizeStage({ issuingAuthorization });
  pipeline = await startPipeline(assembly);
});
afterAll(() => pipeline[Symbol.asyncDispose]());

/** Uses a card, as Stripe's stand-in has it from a merchant. */
const use = (card: CardUse) => {
  if (!pipeline.runtime.stripe) throw new Error('Stripe’s stand-in was expected to run.');
  return pipeline.runtime.stripe.cards.use(card);
};

/** Two seconds are two seconds: a busy machine may need more for one use of a card, hardly for three in a row. */
const IN_REAL_TIME = { retry: 2 };

let cards = 0;
/** A card that nobody has used yet. */
const limited = (monthly_limit: string) => ({ card: `ic_flow${++cards}`, cardMetadata: { monthly_limit } });

const decisionOf = (id: string) => {
  const [entry] = pipeline.published(id);
  return isRecord(entry?.fanout) ? entry.fanout.decision : undefined;
};

describe('a use of a card', IN_REAL_TIME, () => {
  it('is approved by the policy, and the request is on the bus with the decision', async () => {
    const used = await use({ amount: 700, ...limited('1000') });

    expect(used).toMatchObject({ status: 200, reason: 'webhook_approved', approved: true, amount: 700 });
    expect(decisionOf(used.event)).toEqual({ approved: true, by: 'policy' });
    await pipeline.runtime.settled();
    await expect.poll(() => pipeline.handledBy(used.event)).toEqual(['stripe-fanout-dev-handler-issuing']);
  });

  it('counts what the card has spent, at once and as Stripe’s own events put it right', async () => {
    const card = limited('1000');

    const first = await use({ amount: 700, ...card });
    const second = await use({ amount: 301, ...card });
    await pipeline.runtime.settled();
    const third = await use({ amount: 300, ...card });

    expect([first, second, third].map(({ approved }) => approved)).toEqual([true, false, true]);
    expect(decisionOf(second.event)).toEqual({ approved: false, by: 'policy' });
  });

  it('is approved in part where the amount may be changed', async () => {
    const card = limited('1000');
    await use({ amount: 700, ...card });

    const used = await use({ amount: 500, isAmountControllable: true, ...card });

    expect(used).toMatchObject({ approved: true, amount: 300 });
    expect(decisionOf(used.event)).toEqual({ approved: true, amount: 300, by: 'policy' });
  });

  it('is counted again when the authorization was reversed', async () => {
    const card = limited('1000');
    const used = await use({ amount: 900, ...card });
    await pipeline.runtime.settled();
    const created = Math.floor(Date.now() / 1000) + 1;
    const reversed = fresh('issuing_authorization.updated', { created });
    const object = { ...reversed.data.object, id: used.authorization, status: 'reversed', approved: true, created };
    await pipeline.send({
      ...reversed,
      data: { object: { ...object, card: { id: card.card, object: 'issuing.card' } } },
    });
    await pipeline.runtime.settled();

    expect((await use({ amount: 900, ...card })).approved).toBe(true);
  });

  it(`is answered in time, ${AUTHORIZATIONS} times at ${A_SECOND} a second`, { timeout: 300_000 }, async () => {
    const card = limited('100000000');
    const started = performance.now();
    const asked = [];
    for (let i = 0; i < AUTHORIZATIONS; i += 1) {
      // The rate, not a wait for something.
      await sleep(Math.max(0, started + (i * 1_000) / A_SECOND - performance.now()));
      asked.push(use({ amount: 1, ...card, card: `${card.card}x${i % 50}` }));
    }
    const used = await Promise.all(asked);
    await pipeline.runtime.settled(240_000);

    expect(new Set(used.map(({ status }) => status))).toEqual(new Set([200]));
    const times = used.map(({ answerMs }) => answerMs).toSorted((a, b) => a - b);
    const p99 = times[Math.ceil(0.99 * times.length) - 1] ?? 0;
    for (const { event } of used) expect(pipeline.published(event).length).toBeLessThanOrEqual(1);
    // A few on a busy machine say nothing about time, and there policy and copy may have had too little of it.
    if (!isFull) return;
    expect(p99).toBeLessThan(P99_MS);
    expect(used.filter(({ approved, event }) => !approved || pipeline.published(event).length === 0)).toEqual([]);
  });
});

describe('the fallback', IN_REAL_TIME, () => {
  it('is the answer, in time, when the policy hangs', async () => {
    breakUntilMended(pipeline, { service: 'dynamodb', operation: 'Query', times: 'always', error: 'hang' });

    const used = await use({ amount: 1, ...limited('1000') });

    expect(used).toMatchObject({ status: 200, reason: 'webhook_declined', approved: false });
    expect(decisionOf(used.event)).toEqual({ approved: false, by: 'fallback' });
  });

  it('is the answer when the policy throws', async () => {
    breakUntilMended(pipeline, {
      service: 'dynamodb',
      operation: 'Query',
      times: 'always',
      error: 'AccessDeniedException',
    });

    const used = await use({ amount: 1, ...limited('1000') });

    expect(used).toMatchObject({ reason: 'webhook_declined' });
    expect(decisionOf(used.event)).toEqual({ approved: false, by: 'fallback' });
  });
});

describe('the copy to the bus', IN_REAL_TIME, () => {
  it.each(['hang', 'ServiceUnavailable'])('does not keep the answer from Stripe: PutEvents %s', async (error) => {
    breakUntilMended(pipeline, {
      service: 'events',
      operation: 'PutEvents',
      match: 'authorization.request',
      times: 'always',
      error,
    });

    const used = await use({ amount: 1 });

    expect(used).toMatchObject({ status: 200, reason: 'webhook_approved' });
    expect(pipeline.published(used.event)).toEqual([]);
    // What became of it reaches everybody all the same.
    await pipeline.runtime.settled();
    expect(await pipeline.row(used.authorization)).toMatchObject({ type: { S: 'issuing_authorization.created' } });
  });
});

describe('what is refused at the lane', () => {
  const post = async (body: string, signature = sign(body)) => {
    const response = await fetch(String(pipeline.runtime.outputs.AuthorizationUrl), {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'stripe-signature': signature },
      body,
    });
    const answer: unknown = await response.json();
    return [response.status, isRecord(answer) && isRecord(answer.error) ? answer.error.code : answer];
  };
  const request = () => JSON.stringify(fresh('issuing_authorization.request'));

  it.each([
    ['forged', () => post(request(), sign(request())), 'signature_mismatch'],
    ['stale', () => post(request(), sign(request(), undefined, 1_700_000_000)), 'timestamp_outside_tolerance'],
    [
      'of another type',
      () => post(JSON.stringify(fresh('issuing_authorization.created'))),
      'not_an_authorization_request',
    ],
  ])('is what is %s', async (_, send, code) => {
    expect(await send()).toEqual([400, code]);
  });
});

describe('the ordinary route', () => {
  it('publishes a request like any other event, and decides nothing', async () => {
    const event = fresh('issuing_authorization.request');

    expect(await pipeline.send(event)).toEqual({ status: 200, outcome: 'accepted' });
    expect(pipeline.published(event.id)[0]).toMatchObject({ fanout: { destination: 'account' } });
    expect(decisionOf(event.id)).toBeUndefined();
  });
});

describe('what the templates allow for the lane', () => {
  it('is used by what went before, but for what permissions.test.ts plays at the webhook', () => {
    expect(unusedStatements(assembly, pipeline.runtime, /Authoriz/)).toEqual([
      // A look at what is claimed elsewhere, and an event too large for the bus.
      'StripeFanoutPipeline/AuthorizerRoleDefaultPolicy#ClaimAndComplete: dynamodb:GetItem',
      'StripeFanoutPipeline/AuthorizerRoleDefaultPolicy#StoreLargeEvents: s3:PutObject',
    ]);
  });
});
