import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Incoming, join } from '#functions/handlers/projection/join.ts';
import type { ObjectState } from '#shared/projection/object-row.ts';

/** What a history may contain; ids are given by its place, so that each event is itself. */
interface Moment {
  readonly what: 'created' | 'updated' | 'ended' | 'deleted' | 'redacted';
  readonly asOf: number;
  readonly total: number;
  readonly before: number | undefined;
}

const moment = (asOf: fc.Arbitrary<number>): fc.Arbitrary<Moment> =>
  fc.record({
    what: fc.oneof(
      { weight: 6, arbitrary: fc.constantFrom('created' as const, 'updated' as const, 'updated' as const) },
      { weight: 2, arbitrary: fc.constantFrom('ended' as const, 'redacted' as const) },
      { weight: 1, arbitrary: fc.constant('deleted' as const) },
    ),
    asOf,
    total: fc.nat(3),
    before: fc.option(fc.nat(3), { nil: undefined }),
  });

function incomingOf({ what, asOf, total, before }: Moment, place: number): Incoming {
  const gone = what === 'deleted' || what === 'ended';
  const keeps = what !== 'deleted' && what !== 'redacted';
  return {
    asOf,
    sighting: {
      event: `evt_${String(place).padStart(2, '0')}`,
      type: `customer.${gone ? 'deleted' : what}`,
      kind: 'customer',
      gone,
      ...(keeps ? { body: { text: JSON.stringify({ id: 'cus_1', total }) } } : {}),
      ...(keeps && before !== undefined ? { previous: JSON.stringify({ total: before }) } : {}),
    },
    lasting: what === 'deleted',
    redacts: what === 'redacted',
  };
}

function shuffledHistory(moments: fc.Arbitrary<Moment>, maxLength: number) {
  return fc
    .array(moments, { minLength: 1, maxLength })
    .map((history) => history.map(incomingOf))
    .chain((events) =>
      fc.record({
        events: fc.constant(events),
        shuffled: fc.shuffledSubarray(events, { minLength: events.length }),
        repeats: fc.array(fc.constantFrom(...events), { maxLength: 4 }),
      }),
    );
}

function stateAfter(events: readonly Incoming[]): ObjectState | undefined {
  return events.reduce<ObjectState | undefined>((state, event) => join(state, event) ?? state, undefined);
}

describe('joining what events say of an object', () => {
  it.each([
    ['of a few seconds', moment(fc.nat(2)), 7],
    ['all of one second, more than are compared', moment(fc.constant(0)), 16],
  ])('gives the same state for every order and repetition of a history %s', (_name, moments, maxLength) => {
    fc.assert(
      fc.property(shuffledHistory(moments, maxLength), ({ events, shuffled, repeats }) => {
        expect(stateAfter([...shuffled, ...repeats])).toEqual(stateAfter(events));
      }),
      { numRuns: 500 },
    );
  });

  it('changes nothing for an event it has joined, and says so', () => {
    fc.assert(
      fc.property(shuffledHistory(moment(fc.nat(2)), 7), ({ events, shuffled }) => {
        const state = stateAfter(events);

        expect(shuffled.map((event) => join(state, event))).toEqual(shuffled.map(() => undefined));
      }),
    );
  });

  it('keeps no text of a time up to which the object was redacted', () => {
    fc.assert(
      fc.property(shuffledHistory(moment(fc.nat(2)), 7), ({ events, shuffled }) => {
        const redactedAt = Math.max(-1, ...events.filter(({ redacts }) => redacts).map(({ asOf }) => asOf));

        const { asOf = 0, current, rivals = [] } = stateAfter(shuffled) ?? {};

        const texts = [current, ...rivals].filter((sighting) => sighting?.body ?? sighting?.previous);
        expect(asOf <= redactedAt && texts.length > 0).toBe(false);
      }),
    );
  });

  it('ends with the object gone for good wherever its deletion stands', () => {
    fc.assert(
      fc.property(shuffledHistory(moment(fc.nat(2)), 6), fc.nat(2), ({ events, shuffled }, asOf) => {
        const deletion = incomingOf({ what: 'deleted', asOf, total: 0, before: undefined }, 99);

        const state = stateAfter([...events.slice(1), deletion, ...shuffled]);

        expect(state).toMatchObject({ tombstone: true, rivals: [], current: { gone: true } });
      }),
    );
  });
});
