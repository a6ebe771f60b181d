import { randomUUID } from 'node:crypto';
import { type DynamoDBClient, GetItemCommand, QueryCommand } from '@aws-sdk/client-dynamodb';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dynamoDbLedger } from '#functions/adapters/dynamodb-ledger.ts';
import { LedgerUnavailable } from '#shared/errors/store-errors.ts';
import { type Claim, type EventFacts, FAILURES_INDEX, type Failure, type Ledger } from '#shared/ledger/ledger.ts';
import { memoryLedger } from '#shared/ledger/memory-ledger.ts';
import { type LocalTable, localTable } from '../adapters/local-table.ts';

const LEASE_MS = 15_000;
const TTL_MS = 35 * 24 * 60 * 60 * 1000;
const START = Date.parse('2026-11-20T12:00:00Z');
const facts: EventFacts = {
  type: 'invoice.paid',
  account: 'acct_1',
  livemode: true,
  created: START,
  payload: 'snapshot',
  destination: 'account',
  via: 'webhook',
};
const failure: Failure = { domain: 'ingress', code: 'publish_failed', message: 'no', type: 'invoice.paid' };

const never = new AbortController().signal;
let table: LocalTable;
let client: DynamoDBClient;

beforeAll(async () => {
  table = await localTable(['event', 'stage'], { name: FAILURES_INDEX, keys: ['failedDomain', 'failedAt'] });
  client = table.client;
});
afterAll(() => table.close());

function ledgerAt(clock: { now(): number }, newOwner: () => string = randomUUID): Ledger {
  return dynamoDbLedger({ client, table: table.name, clock, leaseMs: LEASE_MS, newOwner });
}

async function claimed(ledger: Ledger, event: string): Promise<Claim> {
  const outcome = await ledger.claim({ event, stage: 'publish' }, facts, never);
  if (outcome.outcome !== 'claimed') throw new Error(`expected a claim of ${event}, got ${outcome.outcome}`);
  return outcome.claim;
}

async function row(event: string) {
  const { Item } = await client.send(
    new GetItemCommand({ TableName: table.name, Key: { event: { S: event }, stage: { S: 'publish' } } }),
  );
  return Item ?? {};
}

async function failures(domain: string) {
  const { Items } = await client.send(
    new QueryCommand({
      TableName: table.name,
      IndexName: FAILURES_INDEX,
      KeyConditionExpression: 'failedDomain = :domain',
      ExpressionAttributeValues: { ':domain': { S: domain } },
    }),
  );
  return (Items ?? []).map((item) => item.event?.S);
}

type Step =
  | { readonly do: 'claim' }
  | { readonly do: 'complete' | 'release'; readonly claim: number }
  | { readonly do: 'wait'; readonly ms: number };

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ do: fc.constant('claim' as const) }) },
  {
    weight: 3,
    arbitrary: fc.record({ do: fc.constantFrom('complete' as const, 'release' as const), claim: fc.nat(5) }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constant('wait' as const), ms: fc.constantFrom(1, LEASE_MS - 1, LEASE_MS, TTL_MS) }),
  },
);

/** Runs the steps and tells what a caller sees of each, claims by their number instead of their random owner. */
async function observe(ledger: Ledger, event: string, steps: readonly Step[], clock: { time: number }) {
  const claims: Claim[] = [];
  const seen: unknown[] = [];
  for (const current of steps) {
    if (current.do === 'wait') clock.time += current.ms;
    else if (current.do === 'claim') {
      const outcome = await ledger.claim({ event, stage: 'publish' }, facts, never);
      if (outcome.outcome === 'claimed') claims.push(outcome.claim);
      seen.push(
        outcome.outcome === 'claimed' ? ['claimed', outcome.claim.leaseUntil, outcome.claim.takenOver] : outcome,
      );
    } else {
      const claim = claims[current.claim % Math.max(claims.length, 1)];
      if (claim === undefined) continue;
      seen.push(
        current.do === 'complete' ? await ledger.complete(claim, never) : await ledger.release(claim, failure, never),
      );
    }
  }
  return seen;
}

describe('the ledger on DynamoDB', () => {
  it('answers every sequence of claims, settlements and waits as the protocol model does', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 14 }), async (steps) => {
        const event = `evt_${randomUUID()}`;
        const [real, model] = [{ time: START }, { time: START }];

        const observed = await observe(ledgerAt({ now: () => real.time }), event, steps, real);
        const expected = await observe(
          memoryLedger({ now: () => model.time }, LEASE_MS, randomUUID),
          event,
          steps,
          model,
        );

        expect(observed).toEqual(expected);
      }),
      { numRuns: 150 },
    );
  });

  it('gives fifty claims at once to exactly one', async () => {
    const ledger = ledgerAt({ now: () => START });

    const outcomes = await Promise.all(
      Array.from({ length: 50 }, () => ledger.claim({ event: 'evt_race', stage: 'publish' }, facts, never)),
    );

    expect(outcomes.filter(({ outcome }) => outcome === 'claimed')).toHaveLength(1);
    expect(outcomes.filter(({ outcome }) => outcome === 'in_progress')).toHaveLength(49);
  });

  it('counts a claim repeated after a lost answer as the same claim', async () => {
    const ledger = ledgerAt({ now: () => START }, () => 'same-owner');

    const first = await claimed(ledger, 'evt_lost_claim');
    const repeated = await claimed(ledger, 'evt_lost_claim');

    expect(repeated).toEqual(first);
  });

  it('does not let a first try of a claim that arrives late open the row again', async () => {
    const ledger = ledgerAt({ now: () => START }, () => 'late-owner');
    await ledger.complete(await claimed(ledger, 'evt_late_claim'), never);

    const late = await ledger.claim({ event: 'evt_late_claim', stage: 'publish' }, facts, never);

    expect(late).toEqual({ outcome: 'done' });
    expect((await row('evt_late_claim')).status?.S).toBe('done');
  });

  it('counts a settlement repeated after a lost answer as done', async () => {
    const ledger = ledgerAt({ now: () => START });
    const claim = await claimed(ledger, 'evt_lost_complete');

    const answers = [await ledger.complete(claim, never), await ledger.complete(claim, never)];

    expect(answers).toEqual(['completed', 'completed']);
  });

  it('does not let an overtaken owner settle the row of its successor', async () => {
    const clock = { time: START };
    const ledger = ledgerAt({ now: () => clock.time });
    const slow = await claimed(ledger, 'evt_fence');
    clock.time += LEASE_MS;
    const successor = await claimed(ledger, 'evt_fence');

    expect(await ledger.release(slow, failure, never)).toBe('lost');
    expect(await ledger.complete(slow, never)).toBe('lost');

    expect(successor.takenOver).toBe(true);
    expect((await row('evt_fence')).owner?.S).toBe(successor.owner);
  });

  it('keeps what operators need to know of the event', async () => {
    const ledger = ledgerAt({ now: () => START });
    const claim = await claimed(ledger, 'evt_facts');
    await ledger.complete(claim, never);

    expect(await row('evt_facts')).toMatchObject({
      status: { S: 'done' },
      attempts: { N: '1' },
      type: { S: 'invoice.paid' },
      account: { S: 'acct_1' },
      livemode: { BOOL: true },
      created: { N: String(START) },
      payload: { S: 'snapshot' },
      destination: { S: 'account' },
      via: { S: 'webhook' },
      claimedAt: { S: '2026-11-20T12:00:00.000Z' },
      doneAt: { S: '2026-11-20T12:00:00.000Z' },
      expiresAt: { N: String((START + TTL_MS) / 1000) },
    });
  });

  it('lists a failed event in the failures index until it is done', async () => {
    const ledger = ledgerAt({ now: () => START });
    await ledger.release(await claimed(ledger, 'evt_failed'), { ...failure, domain: 'index-test' }, never);
    const whileFailed = await failures('index-test');

    await ledger.complete(await claimed(ledger, 'evt_failed'), never);

    expect(whileFailed).toEqual(['evt_failed']);
    expect(await failures('index-test')).toEqual([]);
    expect((await row('evt_failed')).attempts?.N).toBe('2');
  });

  it('says ledger_unavailable when the table cannot be reached', async () => {
    const ledger = dynamoDbLedger({
      client,
      table: 'missing',
      clock: { now: () => START },
      leaseMs: 1,
      newOwner: randomUUID,
    });

    await expect(ledger.claim({ event: 'evt_a', stage: 'publish' }, facts, never)).rejects.toThrow(LedgerUnavailable);
  });

  it('gives up at once when its deadline has passed', async () => {
    const ledger = ledgerAt({ now: () => START });

    await expect(ledger.claim({ event: 'evt_b', stage: 'publish' }, facts, AbortSignal.abort())).rejects.toThrow(
      LedgerUnavailable,
    );
  });
});
