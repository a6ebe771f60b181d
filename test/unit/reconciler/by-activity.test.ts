import { describe, expect, it } from 'vitest';
import { byActivity } from '#functions/reconciler/by-activity.ts';
import type { List } from '#functions/reconciler/list.ts';
import type { ListProgress } from '#shared/ports/reconcile-progress.ts';
import { NOTHING_COUNTED } from '#shared/reconcile/reconcile-report.ts';

const NOW = Date.parse('2026-11-24T12:00:00Z');
const HOUR = 3_600_000;
const list = (name: string, account?: string): List => ({
  name,
  mode: 'test',
  payload: 'snapshot',
  destinations: [],
  ...(account !== undefined && { account }),
});
const progress = (name: string, hoursSince: { until: number; newest?: number }): ListProgress => ({
  list: name,
  round: 'r',
  from: 0,
  to: 0,
  isDone: true,
  counts: NOTHING_COUNTED,
  until: NOW - hoursSince.until * HOUR,
  ...(hoursSince.newest !== undefined && { newest: NOW - hoursSince.newest * HOUR }),
});

const LISTS = [
  list('asleep', 'acct_asleep'),
  list('long asleep', 'acct_long'),
  list('new', 'acct_new'),
  list('active', 'acct_active'),
  list('active, other style', 'acct_active'),
  list('more active', 'acct_more'),
  list('own'),
];
const KNOWN = new Map(
  [
    progress('asleep', { until: 30, newest: 200 }),
    progress('long asleep', { until: 40 }),
    progress('active', { until: 1, newest: 100 }),
    progress('active, other style', { until: 1 }),
    progress('more active', { until: 1, newest: 2 }),
    progress('own', { until: 1 }),
  ].map((one) => [one.list, one]),
);
const names = (hours: number, isOrdered = false) =>
  byActivity(LISTS, KNOWN, NOW + hours * HOUR, isOrdered).map(({ name }) => name);

describe('the lists', () => {
  it('are compared in the order of how much may be missing', () => {
    expect(names(0)).toEqual(['own', 'more active', 'active', 'active, other style', 'new', 'long asleep', 'asleep']);
  });

  it('of an account that has had no event for a week are left alone for a day, but not when somebody asks', () => {
    const soon = new Map(KNOWN).set('asleep', progress('asleep', { until: 2, newest: 200 }));

    const ofSchedule = byActivity(LISTS, soon, NOW, false).map(({ name }) => name);
    expect(ofSchedule).not.toContain('asleep');
    expect(byActivity(LISTS, soon, NOW, true)).toHaveLength(LISTS.length);
    expect(names(23)).toContain('asleep');
  });

  it('that were left unfinished are gone on with, however quiet the account', () => {
    const left = new Map(KNOWN).set('asleep', { ...progress('asleep', { until: 2 }), isDone: false });

    expect(byActivity(LISTS, left, NOW, false).map(({ name }) => name)).toContain('asleep');
  });
});
