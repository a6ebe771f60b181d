import { describe, expect, it, vi } from 'vitest';
import { type RecordFailure, settleRecords } from '#consumer/settle-records.ts';
import { sqsBatch, sqsRecord } from '#consumer/testing/sample-deliveries.ts';
import { sampleStripeEvent } from '#consumer/testing/sample-stripe-event.ts';
import { InProgressElsewhere } from '#shared/errors/queue-errors.ts';

const events = ['a', 'b', 'c'].map((seed) => sampleStripeEvent('invoice.paid', { seed }));
const idOf = ({ messageId }: { readonly messageId: string }) => ({ itemIdentifier: messageId });
const quiet = { onFailure: () => undefined };

describe('settleRecords', () => {
  it('leaves in the queue what failed, and nothing else', async () => {
    const batch = sqsBatch(...events);
    const [first, second] = batch.Records;
    const handled: string[] = [];

    const answer = await settleRecords(
      batch,
      async ({ messageId }) => {
        if (messageId === second?.messageId) throw new Error('no');
        handled.push(messageId);
      },
      quiet,
    );

    expect(answer).toEqual({ batchItemFailures: [idOf(second!)] });
    expect(handled).toEqual([first?.messageId, batch.Records[2]?.messageId]);
  });

  it('leaves a record in the queue whose work is in progress elsewhere, so that it comes back', async () => {
    const batch = sqsBatch(events[0]!);
    const failures: RecordFailure[] = [];

    const answer = await settleRecords(
      batch,
      async () => {
        throw new InProgressElsewhere('dunning is at work elsewhere.', 0);
      },
      { onFailure: (failure) => failures.push(failure) },
    );

    expect(answer.batchItemFailures).toHaveLength(1);
    expect(failures).toMatchObject([{ code: 'in_progress_elsewhere', message: 'dunning is at work elsewhere.' }]);
  });

  it('handles the records of a standard queue beside each other, groups of a fair queue too', async () => {
    const order: string[] = [];
    const { promise: last, resolve: finish } = Promise.withResolvers<void>();
    const Records = events.map((event) => sqsRecord(event, { group: 'tenant', queue: 'fair' }));

    await settleRecords({ Records }, async ({ messageId }) => {
      if (messageId === Records[2]?.messageId) finish();
      await last;
      order.push(messageId);
    });

    expect(order).toHaveLength(3);
  });

  it('keeps the order of a group of a FIFO queue: what stands behind a failed record stays as well', async () => {
    const [a, b, c] = events.map((event, at) => sqsRecord(event, { group: at === 1 ? 'other' : 'one' }));
    const handled: string[] = [];

    const answer = await settleRecords(
      { Records: [a!, b!, c!] },
      async ({ messageId }) => {
        handled.push(messageId);
        if (messageId === a?.messageId) throw new Error('no');
      },
      quiet,
    );

    expect(handled.toSorted()).toEqual([a?.messageId, b?.messageId].toSorted());
    expect(answer).toEqual({ batchItemFailures: [idOf(a!), idOf(c!)] });
  });

  it('says on stderr what failed and why, unless told where to say it', async () => {
    const log = vi.spyOn(console, 'error').mockImplementation(() => undefined);
    const batch = sqsBatch(events[0]!);

    await settleRecords(batch, async () => Promise.reject(new Error('the mail server is away')));
    const lines = log.mock.calls.map(([line]) => JSON.parse(String(line)));
    log.mockRestore();

    expect(lines).toEqual([
      {
        level: 'ERROR',
        message: 'not handled',
        messageId: batch.Records[0]?.messageId,
        code: 'unexpected_error',
        reason: 'the mail server is away',
      },
    ]);
  });

  it('answers an empty batch', async () => {
    expect(await settleRecords({ Records: [] }, async () => undefined)).toEqual({ batchItemFailures: [] });
  });
});
