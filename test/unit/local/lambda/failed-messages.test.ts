import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { failedMessages } from '#local/lambda/failed-messages.ts';

const IDS = ['a', 'b', 'c'];
const failures = (...items: unknown[]) => JSON.stringify({ batchItemFailures: items });

describe('the failed messages of a batch', () => {
  it.each([
    ['no result', undefined],
    ['null', 'null'],
    ['an object without a list', '{}'],
    ['null for the list', '{"batchItemFailures":null}'],
    ['an empty list', failures()],
  ])('are none after %s', (_what, result) => {
    expect([...failedMessages(result, IDS)]).toEqual([]);
  });

  it.each([
    ['text', '"oops"'],
    ['a list', '[]'],
    ['something else than a list of failures', '{"batchItemFailures":"a"}'],
    ['an empty identifier', failures({ itemIdentifier: '' })],
    ['no identifier', failures({ itemIdentifier: null })],
    ['a wrong key', failures({ messageId: 'a' })],
    ['a message of another batch', failures({ itemIdentifier: 'a' }, { itemIdentifier: 'z' })],
  ])('are all after %s', (_what, result) => {
    expect([...failedMessages(result, IDS)]).toEqual(IDS);
  });

  it('are exactly those that are reported, repeated or not', () => {
    const reported = fc.array(fc.constantFrom(...IDS));
    fc.assert(
      fc.property(reported, (ids) => {
        const result = failures(...ids.map((itemIdentifier) => ({ itemIdentifier })));

        expect(failedMessages(result, IDS)).toEqual(new Set(ids));
      }),
    );
  });
});
