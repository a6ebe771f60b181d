import { describe, expect, it } from 'vitest';
import { handleBatch } from '#functions/handlers/handle-batch.ts';
import { reactions } from '#functions/handlers/issuing/reactions.ts';
import { sampleEvent } from '#shared/samples/sample-event.ts';
import { fakeHandlerWorld, NOW, recordOf } from './handler-fakes.ts';

describe('the spending of a card', () => {
  it.each([
    ['approved', { approved: true, status: 'pending' }, 8_650],
    ['captured', { approved: true, status: 'closed' }, 8_650],
    ['declined after all', { approved: false, status: 'closed' }, 0],
    ['reversed', { approved: true, status: 'reversed' }, 0],
    ['expired', { approved: true, status: 'expired' }, 0],
  ])('follows an authorization that is %s', async (_, state, amount) => {
    const world = fakeHandlerWorld({ domain: 'issuing' });
    const type = 'issuing_authorization.updated';
    const event = sampleEvent(type, { seed: 'spend', created: NOW / 1_000 });
    const { object: sample } = event.data;

    await handleBatch(
      world,
      reactions,
      { Records: [recordOf({ ...event, data: { object: { ...sample, ...state } } })] },
      30_000,
    );

    const rows = [...world.team.values()];
    expect(rows).toMatchObject([{ part: sample.id, scope: 'test', data: { amount } }]);
    expect(rows[0]?.object).toMatch(/^spending:ic_\w+:2026-\d\d$/);
  });
});
