import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { comesAs } from '#shared/catalogue/comes-as.ts';
import { EVENT_TYPES } from '#shared/catalogue/event-types.ts';
import { longestPrefix } from '#shared/catalogue/longest-prefix.ts';
import { ROUTES } from '#shared/catalogue/routes.ts';
import { InvalidPattern } from '#shared/patterns/invalid-pattern.ts';
import { matchedTypes } from '#shared/patterns/matched-types.ts';
import { matchesPattern } from '#shared/patterns/matches-pattern.ts';
import { patternForRoute } from '#shared/patterns/pattern-for-route.ts';
import { THIN_PATTERN } from '#shared/patterns/thin-pattern.ts';
import { UNRECOGNIZED_PATTERN } from '#shared/patterns/unrecognized-pattern.ts';
import { sampleEvent } from '#shared/samples/sample-event.ts';

const names = (pattern: unknown) => matchedTypes(pattern).types.map(({ type }) => type);
const snapshots = EVENT_TYPES.filter((entry) => comesAs(entry, 'snapshot')).map(({ type }) => type);

/** Values for one field: what the event has there, something else, or one of the operators. */
function valuesFor(value: string | boolean) {
  const text = String(value);
  return fc.array(
    fc.oneof(
      fc.constant(value),
      fc.constant('something else'),
      fc.nat({ max: text.length }).map((end) => ({ prefix: text.slice(0, end) })),
      fc.nat({ max: text.length }).map((start) => ({ suffix: text.slice(start) })),
      fc.constant({ 'anything-but': [text] }),
      fc.boolean().map((exists) => ({ exists })),
    ),
    { minLength: 1, maxLength: 3 },
  );
}

/** An event as the bus carries it, and a pattern that asks for some of its fields, with `$or` now and then. */
const eventsAndPatterns = fc.constantFrom(...snapshots).chain((type) => {
  const detail = sampleEvent(type);
  const event = { source: 'stripe', 'detail-type': type, account: '1', detail: { ...detail, fanout: { version: 1 } } };
  const { object } = detail.data.object;
  const fields = fc.record(
    {
      source: valuesFor('stripe'),
      'detail-type': valuesFor(type),
      detail: fc
        .record(
          {
            type: valuesFor(type),
            livemode: valuesFor(false),
            account: fc.constant([{ exists: false }]),
            data: fc.record({ object: fc.record({ object: valuesFor(String(object)) }) }),
          },
          { requiredKeys: [] },
        )
        .filter((made) => Object.keys(made).length > 0),
    },
    { requiredKeys: [] },
  );
  const one = fields.filter((made) => Object.keys(made).length > 0);
  const pattern = fc.oneof(
    one,
    fc.tuple(one, one).map((either) => ({ $or: either })),
  );
  return fc.record({ type: fc.constant(type), event: fc.constant(event), pattern });
});

describe('matchedTypes', () => {
  it('leaves out no type of which the pattern matches an event', () => {
    fc.assert(
      fc.property(eventsAndPatterns, ({ type, event, pattern }) => {
        fc.pre(matchesPattern(pattern, event));

        expect(names(pattern)).toContain(type);
      }),
    );
  });

  it('gives the rules of the routing table the types of their prefix, and nothing twice', () => {
    for (const route of ROUTES) {
      const own = EVENT_TYPES.filter(({ type }) => longestPrefix(type)?.prefix === route.prefix);
      expect(names(patternForRoute(route))).toEqual(own.map(({ type }) => type));
    }
    expect(names(UNRECOGNIZED_PATTERN)).toEqual([]);
  });

  it('tells events from notifications that are not resolved yet', () => {
    const { types, notifications } = matchedTypes(THIN_PATTERN);

    expect(types).toEqual([]);
    expect(notifications.map(({ type }) => type)).toEqual(
      EVENT_TYPES.filter((entry) => comesAs(entry, 'thin')).map(({ type }) => type),
    );
  });

  it('decides by the kind of object too', () => {
    const found = names({ source: ['stripe'], detail: { data: { object: { object: ['setup_intent'] } } } });

    expect(found).toContain('setup_intent.succeeded');
    expect(found.filter((type) => !type.startsWith('setup_intent.'))).toEqual([]);
  });

  it('names what else the pattern asks for, sorted', () => {
    const { conditions } = matchedTypes({
      'detail-type': ['invoice.paid'],
      detail: { livemode: [true], data: { object: { metadata: { team: ['a'] } } } },
      account: ['1'],
    });

    expect(conditions).toEqual(['account', 'detail.data.object.metadata.team', 'detail.livemode']);
  });

  it('finds nothing where a field is asked for that no event on a bus has', () => {
    expect(names({ detailType: ['invoice.paid'] })).toEqual([]);
  });

  it('refuses what EventBridge refuses', () => {
    expect(() => matchedTypes({ source: 'stripe' })).toThrow(InvalidPattern);
  });
});
