import { describe, expect, it } from 'vitest';
import { demoTable } from '#local/demo/demo-table.ts';
import { shortcomings } from '#local/demo/shortcomings.ts';

const well = {
  eventTypes: { sent: 1, published: 1, handled: 1, projected: 1, missing: [] },
  thin: { sent: 1, resolved: 1, handled: 1, parked: 0, missing: [] },
  duplicates: { sent: 51, publishedAgain: 0, unanswered: 0 },
  rejected: { signature_missing: 1 },
  unrecognized: { sent: 1, handled: 1 },
  oversize: { sent: 1, handled: 1 },
  outOfOrder: { sent: 2, latestKept: true },
  tied: { sent: 2, settled: true },
  deadLetters: { parked: 1, redriven: 1, handledAfter: 1 },
  lost: 0,
};
const refused = { expected: 'signature_missing', code: 'signature_missing' };

describe('the shortcomings of a demo', () => {
  it('are none when all is well', () => {
    expect(shortcomings(well, [refused])).toEqual([]);
  });

  it.each([
    [{ lost: 1 }, 'did not get all the way: 1'],
    [{ eventTypes: { ...well.eventTypes, missing: ['invoice.paid'] } }, 'invoice.paid'],
    [{ thin: { ...well.thin, missing: ['v2.core.account.updated'] } }, 'v2.core.account.updated'],
    [{ thin: { ...well.thin, parked: 2 } }, 'the resolver gave up: 2'],
    [{ duplicates: { sent: 51, publishedAgain: 1, unanswered: 0 } }, 'published again: 1, 0 for want of an answer'],
    [{ duplicates: { sent: 51, publishedAgain: 2, unanswered: 1 } }, 'published again: 2, 1 for want of an answer'],
    [{ unrecognized: { sent: 1, handled: 0 } }, 'unheard-of'],
    [{ oversize: { sent: 1, handled: 0 } }, '1.5 MB'],
    [{ outOfOrder: { sent: 2, latestKept: false } }, 'out of order'],
    [{ tied: { sent: 2, settled: false } }, 'not settled'],
    [{ deadLetters: { parked: 0, redriven: 0, handledAfter: 1 } }, 'dead-letter queue'],
    [{ deadLetters: { parked: 1, redriven: 2, handledAfter: 1 } }, 'redrive moved 2 messages instead of 1'],
    [{ deadLetters: { parked: 1, redriven: 1, handledAfter: 0 } }, 'not handled after'],
  ])('name what went wrong in %j', (wrong, words) => {
    expect(shortcomings({ ...well, ...wrong }, [refused])).toEqual([expect.stringContaining(words)]);
  });

  it('are none where an event was published again after a call that nobody answered, as the pipeline says', () => {
    const duplicates = { sent: 51, publishedAgain: 1, unanswered: 1 };

    expect(shortcomings({ ...well, duplicates }, [refused])).toEqual([]);
  });

  it('name a wrong request that was not refused as it must be', () => {
    expect(shortcomings(well, [{ expected: 'signature_missing', code: 'accepted' }])).toEqual([
      'A wrong request was answered accepted instead of signature_missing.',
    ]);
  });

  it('stand one on a line below the table, in place of the good news', () => {
    const text = demoTable({ result: { ...well, elapsedMs: 1 }, faults: ['The first.', 'The second.'] }, 300, 3_600);

    expect(text).toContain('\n  The first.\n  The second.');
    expect(text).not.toContain('Nothing was lost');
  });
});
