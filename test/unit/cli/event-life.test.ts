import { describe, expect, it } from 'vitest';
import { eventLife } from '#cli/where/event-life.ts';
import type { LedgerRow } from '#shared/operations/operator-ledger.ts';

const NOW = Date.parse('2026-11-24T12:00:00Z');

function publish(more: Partial<LedgerRow> = {}): LedgerRow {
  const row = { event: 'evt_1', stage: 'publish', status: 'done', attempts: 1, type: 'invoice.paid' };
  return { ...row, claimedAt: '2026-11-24T11:59:00.000Z', ...more };
}

const resolve: LedgerRow = { event: 'evt_1', stage: 'resolve', status: 'done', attempts: 1 };
const reaction: LedgerRow = { event: 'evt_1', stage: 'react#billing#invoice.paid', status: 'claimed', attempts: 1 };

describe('the standing of an event', () => {
  it.each<[string, LedgerRow[]]>([
    ['publishing', [publish({ status: 'claimed', leaseUntil: NOW + 1 })]],
    ['interrupted', [publish({ status: 'claimed', leaseUntil: NOW - 1 })]],
    ['publish_failed', [publish({ status: 'claimed', leaseUntil: 0, errorCode: 'publish_failed' })]],
    ['published', [publish()]],
    ['announced', [publish({ payload: 'thin' })]],
    ['announced', [publish({ payload: 'thin' }), { ...resolve, status: 'claimed', leaseUntil: 0 }]],
    ['resolving', [publish({ payload: 'thin' }), { ...resolve, status: 'claimed', leaseUntil: NOW + 1 }]],
    ['published', [publish({ payload: 'thin' }), resolve]],
    ['handled', [publish({ payload: 'thin' }), resolve, { ...reaction, status: 'done' }]],
    ['reacting', [publish(), { ...reaction, leaseUntil: NOW + 1 }]],
    ['failing', [publish(), { ...reaction, failedDomain: 'billing', errorCode: 'unexpected_error' }]],
    ['handled', [publish(), { ...reaction, status: 'done' }]],
  ])('is %s', (standing, rows) => {
    expect(eventLife(rows, [], NOW)).toMatchObject({ event: 'evt_1', standing, domain: 'billing' });
  });

  it('names the queue whose dead letters say why it failed: a thin event may fail before its domain', () => {
    const rows = [publish({ payload: 'thin' }), { ...resolve, status: 'claimed', failedDomain: 'thin' }];

    expect(eventLife(rows, [], NOW)).toMatchObject({ standing: 'failing', domain: 'billing' });
    expect(eventLife(rows, [], NOW).meaning).toContain('fanout dlq show thin');
  });

  it('is told without the publish row, which may have expired before the others', () => {
    const row: LedgerRow = { ...reaction, type: 'invoice.paid', failedDomain: 'billing' };

    expect(eventLife([row], [], NOW)).toMatchObject({ standing: 'failing', domain: 'billing', type: 'invoice.paid' });
  });

  it('lists the steps in the order in which they happened', () => {
    const rows = [
      { ...reaction, status: 'done', doneAt: '2026-11-24T11:59:30.000Z' },
      publish({ doneAt: '2026-11-24T11:59:01.000Z' }),
    ];

    expect(eventLife(rows, [], NOW).steps.map(({ stage }) => stage)).toEqual(['publish', 'react#billing#invoice.paid']);
  });
});
