import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { breakUntilMended, fresh, startPipeline } from './start-pipeline.ts';

let pipeline: Awaited<ReturnType<typeof startPipeline>>;
beforeAll(async () => {
  pipeline = await startPipeline();
});
afterAll(() => pipeline[Symbol.asyncDispose]());

describe('a fault on our side', () => {
  it.each([
    ['the ledger', 'dynamodb', 'UpdateItem', 'ledger_unavailable'],
    ['the bus', 'events', 'PutEvents', 'publish_failed'],
    ['the secret store', 'secretsmanager', 'GetSecretValue', 'secret_unavailable'],
  ] as const)(
    'in %s is a 503, and the event is accepted when Stripe tries again',
    async (_what, service, operation, code) => {
      const event = fresh('charge.succeeded');
      const mend = breakUntilMended(pipeline, { service, operation, times: 'always', error: 'AccessDeniedException' });
      // A new instance has no secrets from before.
      await pipeline.runtime.killWorkers('stripe-fanout-dev-ingress');

      const first = await pipeline.send(event);
      mend();
      const second = await pipeline.send(event);
      await pipeline.runtime.settled();

      expect(first).toEqual({ status: 503, outcome: code });
      expect(second).toEqual({ status: 200, outcome: 'accepted' });
      expect(pipeline.published(event.id)).toHaveLength(1);
      expect(await pipeline.row(event.data.object.id)).toBeDefined();
    },
  );
});

describe('an answer that is lost', () => {
  it.each([
    ['the claim', 'dynamodb', 'UpdateItem', 'leaseUntil = :until', 1],
    ['the completion', 'dynamodb', 'UpdateItem', 'doneAt = :doneAt', 1],
    ['PutEvents', 'events', 'PutEvents', 'stripe-fanout-dev', 2],
  ] as const)('of %s loses no event', async (_what, service, operation, match, mostPublications) => {
    const event = fresh('charge.captured');
    pipeline.runtime.faults.add({ service, operation, match, times: 1, error: 'drop-answer' });

    const answer = await pipeline.send(event);
    const again = await pipeline.send(event);
    await pipeline.runtime.settled();

    expect(pipeline.runtime.faults.list()).toEqual([]);
    expect([answer.outcome, again.outcome]).toEqual(['accepted', 'duplicate']);
    expect(pipeline.published(event.id).length).toBeOneOf([1, mostPublications]);
    expect(await pipeline.row(event.data.object.id)).toBeDefined();
  });
});
