import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { describe, expect, it } from 'vitest';
import { countResult, type Evidence } from '#local/demo/count-result.ts';
import { demoTraffic } from '#local/demo/demo-traffic.ts';
import { rowName } from '#local/demo/row-name.ts';
import { longestPrefix } from '#shared/catalogue/longest-prefix.ts';
import type { SnapshotEvent } from '#shared/event/stripe-event.ts';
import { handlerName } from '#shared/naming/resource-names.ts';
import { objectKey } from '#shared/projection/object-key.ts';

const traffic = demoTraffic(undefined, 1_790_000_000);
const { catalogue, repeated, crowded, unheardOf, large, newer, older, tied, present } = traffic;
const all = [...catalogue, repeated, crowded, unheardOf, large, newer, older, ...tied];

const handlerOf = ({ type }: SnapshotEvent) => handlerName('dev', longestPrefix(type)?.domain ?? 'unrecognized');
const keyOf = (event: SnapshotEvent) => rowName(objectKey(event));

type Row = Record<string, AttributeValue>;

/** What is seen when everything went well. */
function well(): Evidence & { publications: Map<string, number>; handledBy: Map<string, string> } {
  const rows = new Map<string, Row>(all.map((event) => [keyOf(event), { recent: { L: [{ S: event.id }] } }]));
  rows.set(keyOf(newer), { data: { S: JSON.stringify(newer.data.object) } });
  rows.set(keyOf(tied[0]), { data: { S: JSON.stringify(present) } });
  rows.set(keyOf(large), { dataAt: { S: 'objects/1' } });
  return {
    stage: 'dev',
    published: new Set(all.map(({ id }) => id)),
    publications: new Map(all.map(({ id }) => [id, 1])),
    unanswered: new Map(),
    handledBy: new Map(all.map((event) => [event.id, handlerOf(event)])),
    rows,
    refusals: [],
    deadLetters: { parked: 1, redriven: 1, handledAfter: 1 },
    thin: { sent: 326, resolved: 326, handled: 326, parked: 0, missing: [] },
    duplicatesSent: 51,
  };
}

describe('the counts of the demo', () => {
  it('are full when every event is seen wherever it should be', () => {
    expect(countResult(traffic, well())).toMatchObject({
      eventTypes: { sent: 210, published: 210, handled: 210, projected: 210, missing: [] },
      unrecognized: { handled: 1 },
      oversize: { handled: 1 },
      outOfOrder: { latestKept: true },
      tied: { sent: 2, settled: true },
      lost: 0,
    });
  });

  it('do not let a duplicate published again hide one that was never published', () => {
    const evidence = well();
    evidence.publications.set(repeated.id, 2);
    evidence.publications.delete(crowded.id);

    expect(countResult(traffic, evidence).duplicates).toMatchObject({ publishedAgain: 1, unanswered: 0 });
  });

  it('lay a second publication to a missing answer about this event, and to none about another', () => {
    const evidence = well();
    evidence.publications.set(repeated.id, 3);
    const of = (unanswered: ReadonlyMap<string, number>) =>
      countResult(traffic, { ...evidence, unanswered }).duplicates;

    expect(of(new Map([[repeated.id, 1]]))).toMatchObject({ publishedAgain: 2, unanswered: 1 });
    expect(of(new Map([[repeated.id, 9]]))).toMatchObject({ publishedAgain: 2, unanswered: 2 });
    expect(of(new Map([[crowded.id, 2]]))).toMatchObject({ publishedAgain: 2, unanswered: 0 });
  });

  it.each([
    ['the repeated event', repeated],
    ['the crowded event', crowded],
    ['the unheard-of type', unheardOf],
    ['the large event', large],
    ['the newer state', newer],
    ['the older state', older],
    ['one of the tied events', tied[1]],
    ['one of the catalogue', catalogue[0]],
  ])('call %s lost when no handler had it', (_name, event) => {
    const evidence = well();
    evidence.handledBy.delete(event?.id ?? '');

    expect(countResult(traffic, evidence).lost).toBe(1);
  });

  it('call a thin event lost that was not resolved or handled', () => {
    const thin = { sent: 326, resolved: 326, handled: 325, parked: 0, missing: ['v2.core.account.updated'] };

    expect(countResult(traffic, { ...well(), thin })).toMatchObject({ thin, lost: 1 });
  });

  it('do not take the report of a wrong handler for handling', () => {
    const evidence = well();
    const [first] = catalogue;
    evidence.handledBy.set(first?.id ?? '', handlerName('dev', 'unrecognized'));

    expect(countResult(traffic, evidence).eventTypes).toMatchObject({ handled: 209, missing: [first?.type] });
  });

  it('do not take a row of another scope for the latest state', () => {
    const live = [...well().rows].map(([name, row]) => [name.replace('"test"', '"live"'), row] as const);

    const { eventTypes, outOfOrder } = countResult(traffic, { ...well(), rows: new Map(live) });

    expect(eventTypes.projected).toBe(0);
    expect(outOfOrder.latestKept).toBe(false);
  });

  it.each(tied)('do not take what a tied event showed for what Stripe’s API says', (event) => {
    const evidence = well();
    const rows = new Map(evidence.rows).set(keyOf(event), { data: { S: JSON.stringify(event.data.object) } });

    expect(countResult(traffic, { ...evidence, rows }).tied.settled).toBe(false);
  });

  it('call an event that was never redriven lost', () => {
    const deadLetters = { parked: 1, redriven: 0, handledAfter: 0 };

    expect(countResult(traffic, { ...well(), deadLetters })).toMatchObject({ deadLetters, lost: 1 });
  });
});
