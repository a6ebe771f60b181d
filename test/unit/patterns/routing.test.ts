import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EVENT_TYPES } from '#shared/catalogue/event-types.ts';
import { longestPrefix } from '#shared/catalogue/longest-prefix.ts';
import { ROUTES, type Route } from '#shared/catalogue/routes.ts';
import { compilePattern } from '#shared/patterns/compile-pattern.ts';
import { excludedRoutes } from '#shared/patterns/excluded-routes.ts';
import { patternForRoute } from '#shared/patterns/pattern-for-route.ts';
import { THIN_PATTERN } from '#shared/patterns/thin-pattern.ts';
import { UNRECOGNIZED_PATTERN } from '#shared/patterns/unrecognized-pattern.ts';

const MAX_PATTERN_LENGTH = 2048; // characters; EventBridge's quota for the pattern of a rule

const rules = [
  ...ROUTES.map((route) => ({ name: route.id, pattern: patternForRoute(route) })),
  { name: 'unrecognized', pattern: UNRECOGNIZED_PATTERN },
  { name: 'thin', pattern: THIN_PATTERN },
].map((rule) => ({ ...rule, matches: compilePattern(rule.pattern) }));

function rulesFor(source: string, type: string): string[] {
  const event = { version: '0', source, 'detail-type': type, resources: [], detail: { object: 'event', type } };
  return rules.filter(({ matches }) => matches(event)).map(({ name }) => name);
}

function routeNamed(id: string): Route {
  const route = ROUTES.find((each) => each.id === id);
  if (route === undefined) throw new Error(`no route ${id}`);
  return route;
}

const prefixes = ROUTES.map(({ prefix }) => prefix);
const known = EVENT_TYPES.map(({ type }) => type);
const types = fc.oneof(
  fc.string(),
  fc.string({ unit: 'binary' }),
  fc.constantFrom(...known),
  // Near misses: a known type or a prefix, cut, lengthened, or changed in one place.
  fc
    .tuple(fc.constantFrom(...known, ...prefixes), fc.nat(), fc.nat({ max: 3 }), fc.string({ maxLength: 3 }))
    .map(([text, at, removed, added]) => {
      const cut = at % (text.length + 1);
      return text.slice(0, cut) + added + text.slice(cut + removed);
    }),
  fc.tuple(fc.constantFrom(...prefixes), fc.constantFrom(...prefixes, ...known)).map(([start, end]) => start + end),
);

describe('the rules', () => {
  it('take any type exactly once: by the rule of its longest prefix, else as unrecognized', () => {
    fc.assert(
      fc.property(types, (type) => {
        expect(rulesFor('stripe', type)).toEqual([longestPrefix(type)?.id ?? 'unrecognized']);
      }),
      { numRuns: 3000 },
    );
  });

  it.each(known)('take %s once', (type) => {
    expect(rulesFor('stripe', type)).toEqual([longestPrefix(type)?.id]);
  });

  it('take every unresolved notification to the resolver and nowhere else', () => {
    fc.assert(
      fc.property(types, (type) => {
        expect(rulesFor('stripe.thin', type)).toEqual(['thin']);
      }),
    );
  });

  it('leave events of other sources alone', () => {
    expect(rulesFor('aws.partner/stripe.com/ed_1', 'invoice.paid')).toEqual([]);
  });

  it('stay below the quota for the length of a pattern', () => {
    const lengths = rules.map(({ pattern }) => JSON.stringify(pattern).length);

    expect(Math.max(...lengths)).toBe(JSON.stringify(UNRECOGNIZED_PATTERN).length);
    expect(Math.max(...lengths)).toBeLessThanOrEqual(MAX_PATTERN_LENGTH / 2);
  });
});

describe('patternForRoute', () => {
  it('excludes nested prefixes by the second copy of the type', () => {
    expect(patternForRoute(routeNamed('Customer'))).toEqual({
      source: ['stripe'],
      'detail-type': [{ prefix: 'customer.' }],
      detail: {
        type: [
          {
            'anything-but': {
              prefix: ['customer.source.', 'customer.discount.', 'customer.subscription.', 'customer.tax_id.'],
            },
          },
        ],
      },
    });
  });

  it('says nothing of the detail where no prefix is nested', () => {
    expect(patternForRoute(routeNamed('Invoice'))).toEqual({
      source: ['stripe'],
      'detail-type': [{ prefix: 'invoice.' }],
    });
  });
});

describe('excludedRoutes', () => {
  it('names the rules that a rule must be deployed after', () => {
    expect(excludedRoutes(routeNamed('Issuing')).map(({ id }) => id)).toEqual(['IssuingAuthorizationRequest']);
    expect(excludedRoutes(routeNamed('IssuingAuthorizationRequest'))).toEqual([]);
  });

  it('leaves out what is nested deeper, as its parent covers it', () => {
    const table: readonly Route[] = [
      { id: 'A', prefix: 'a.', domain: 'core' },
      { id: 'ABC', prefix: 'a.b.c.', domain: 'core' },
      { id: 'AB', prefix: 'a.b.', domain: 'core' },
    ];

    expect(table.map((route) => excludedRoutes(route, table).map(({ id }) => id))).toEqual([['AB'], [], ['ABC']]);
  });
});
