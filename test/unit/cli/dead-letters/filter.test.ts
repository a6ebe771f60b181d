import { describe, expect, it } from 'vitest';
import type { Examined } from '#cli/dead-letters/examined.ts';
import { readFilter } from '#cli/dead-letters/filter.ts';
import { UsageError } from '#cli/usage-error.ts';

const NOW = Date.parse('2026-11-24T12:00:00Z');
const HOUR = 3_600_000;

function letter(event: string, more: Partial<Examined> & { readonly sentAt?: number } = {}): Examined {
  const { sentAt = NOW, ...rest } = more;
  const message = { messageId: event, receiptHandle: event, body: '', attributes: {}, sentAt };
  return { event, type: 'invoice.paid', reason: { code: 'objects_unavailable', message: '' }, message, ...rest };
}

const ALL = [
  letter('evt_plain'),
  letter('evt_old', { sentAt: NOW - 6 * HOUR - 1 }),
  letter('evt_just', { sentAt: NOW - 6 * HOUR }),
  letter('evt_charge', { type: 'charge.succeeded' }),
  letter('evt_connected', { account: 'acct_1' }),
  letter('evt_crashed', { reason: { code: 'crashed_or_killed', message: '' } }),
];

function chosen(values: Readonly<Record<string, string>>): string[] {
  return ALL.filter(readFilter({ positionals: [], values }, NOW).chooses).map(({ event }) => event);
}

describe('a filter over dead letters', () => {
  it.each([
    [{}, ALL.map(({ event }) => event)],
    [{ type: 'charge.succeeded' }, ['evt_charge']],
    [{ error: 'crashed_or_killed' }, ['evt_crashed']],
    [{ account: 'acct_1' }, ['evt_connected']],
    [{ 'older-than': '6h' }, ['evt_old']],
    [{ ids: 'evt_plain, evt_old' }, ['evt_plain', 'evt_old']],
    [{ ids: 'evt_plain,evt_old', 'older-than': '1h' }, ['evt_old']],
    [{ type: 'charge.succeeded', account: 'acct_1' }, []],
  ])('of %j chooses those for which all of it holds', (values, events) => {
    expect(chosen(values)).toEqual(events);
  });

  it('repeats itself in words for the plan', () => {
    const { words } = readFilter({ positionals: [], values: { error: 'x', 'older-than': '6h' } }, NOW);

    expect(words).toEqual(['error x', 'older-than 6h']);
  });

  it.each([{ 'older-than': '6' }, { 'older-than': '6 h' }, { ids: ',evt_1' }])('refuses %j', (values) => {
    expect(() => readFilter({ positionals: [], values }, NOW)).toThrow(UsageError);
  });
});
