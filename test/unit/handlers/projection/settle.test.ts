import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MAX_TIED, settle } from '#functions/handlers/projection/settle.ts';
import type { Sighting } from '#shared/projection/object-row.ts';

function sighting(event: string, object: object, previous?: object, type = 'invoice.updated'): Sighting {
  return {
    event,
    type,
    kind: 'invoice',
    gone: false,
    body: { text: JSON.stringify(object) },
    ...(previous === undefined ? {} : { previous: JSON.stringify(previous) }),
  };
}

const last = (...sightings: Sighting[]) => {
  const { current, ambiguous } = settle(sightings);
  return [current.event, ambiguous];
};

describe('settling which of the events of one second was the last', () => {
  it('follows a chain of changes to its end, whatever the ids and the order', () => {
    fc.assert(
      fc.property(
        fc
          .uniqueArray(fc.stringMatching(/^[a-z]{3}$/), { minLength: 2, maxLength: MAX_TIED })
          .chain((ids) => fc.tuple(fc.constant(ids), fc.shuffledSubarray(ids, { minLength: ids.length }))),
        ([ids, arrived]) => {
          const chain = new Map(
            ids.map((id, step) => [id, sighting(id, { step }, step === 0 ? undefined : { step: step - 1 })]),
          );

          const settled = settle(arrived.flatMap((id) => chain.get(id) ?? []));

          expect(settled.current.event).toBe(ids.at(-1));
          expect(settled.ambiguous).toBe(false);
        },
      ),
    );
  });

  it('takes creation for the first and deletion for the last', () => {
    const created = sighting('evt_z', { total: 1 }, undefined, 'invoice.created');
    const deleted = sighting('evt_a', { total: 2 }, undefined, 'invoice.deleted');

    expect(last(created, sighting('evt_m', { total: 3 }))).toEqual(['evt_m', false]);
    expect(last(deleted, sighting('evt_m', { total: 3 }), created)).toEqual(['evt_a', false]);
  });

  it('needs no order among events that show the very same object', () => {
    expect(last(sighting('evt_b', { total: 1 }), sighting('evt_a', { total: 1 }))).toEqual(['evt_b', false]);
  });

  it.each([
    ['nothing leads from one to the other', sighting('evt_b', { total: 1 }), sighting('evt_a', { total: 2 })],
    [
      'each claims to come after the other',
      sighting('evt_b', { total: 1 }, { total: 2 }),
      sighting('evt_a', { total: 2 }, { total: 1 }),
    ],
    [
      'one merely has an old value again',
      sighting('evt_b', { total: 1, paid: true }, { total: 2 }),
      sighting('evt_a', { total: 2, paid: false }),
    ],
  ])('is ambiguous when %s', (_why, one, other) => {
    expect(last(one, other)).toEqual(['evt_b', true]);
    expect(last(other, one)).toEqual(['evt_b', true]);
  });

  it('undoes a change inside a nested hash, of which Stripe lists only what changed', () => {
    const before = sighting('evt_b', { metadata: { a: '1', b: '2' }, note: null });
    const after = sighting('evt_a', { metadata: { a: '1', b: '3' } }, { metadata: { b: '2' } });

    expect(last(before, after)).toEqual(['evt_a', false]);
  });

  it('is ambiguous where objects nest deeper than it compares', () => {
    const deep = `${'{"a":'.repeat(5_000)}1${'}'.repeat(5_000)}`;
    const before = { ...sighting('evt_b', {}), body: { text: `{"x":1,"deep":${deep}}` } };
    const after = { ...sighting('evt_a', {}, { x: 1 }), body: { text: `{"x":2,"deep":${deep}}` } };

    expect(last(before, after)).toEqual(['evt_b', true]);
  });
});
