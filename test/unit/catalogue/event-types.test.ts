import { describe, expect, expectTypeOf, it } from 'vitest';
import { canonicalType } from '#shared/catalogue/canonical-type.ts';
import { DOMAINS } from '#shared/catalogue/domains.ts';
import { type AnyEventType, EVENT_TYPES, type EventType } from '#shared/catalogue/event-types.ts';
import { longestPrefix } from '#shared/catalogue/longest-prefix.ts';
import { OBJECT_KINDS } from '#shared/catalogue/object-kinds.ts';
import { ROUTES } from '#shared/catalogue/routes.ts';

const typesWhere = (wanted: (entry: (typeof EVENT_TYPES)[number]) => unknown) =>
  EVENT_TYPES.filter(wanted).map(({ type }) => type);
const thin = EVENT_TYPES.flatMap((entry) => entry.thin ?? []);

describe('the catalogue', () => {
  it('holds the 210 published types about 63 kinds of object', () => {
    const published = EVENT_TYPES.filter(({ since }) => since === 'base');

    expect(published).toHaveLength(210);
    expect(new Set(published.map(({ object }) => object))).toEqual(new Set(Object.keys(OBJECT_KINDS)));
    expect(Object.keys(OBJECT_KINDS)).toHaveLength(63);
  });

  it('holds the newer types of the stripe package, marked as such', () => {
    const newer = EVENT_TYPES.filter(({ since }) => since === 'sdk');

    expect(newer.filter(({ styles }) => styles.some((style) => style === 'snapshot'))).toHaveLength(66);
    expect(newer.filter(({ type }) => type.startsWith('v2.'))).toHaveLength(57);
    expect(EVENT_TYPES).toHaveLength(386);
  });

  it('names each type once, in order, by its canonical name', () => {
    const types = EVENT_TYPES.map(({ type }) => type);

    expect(types).toEqual([...new Set(types)].sort());
    expect(types.map(canonicalType)).toEqual(types);
  });

  it('marks the three types that a destination must list by name, as the routing table does', () => {
    const marked = typesWhere(({ selectionRequired }) => selectionRequired);

    expect(marked).toEqual([
      'identity.verification_session.redacted',
      'issuing_authorization.request',
      'reporting.report_type.updated',
    ]);
    expect(
      ROUTES.filter((route) => 'selectionRequired' in route)
        .map(({ prefix }) => prefix)
        .sort(),
    ).toEqual(marked);
  });

  it('marks the one published type that the stripe package has dropped', () => {
    expect(typesWhere(({ legacy }) => legacy)).toEqual(['quote.will_expire']);
  });

  it('knows what the 326 thin notifications lack and what their events carry', () => {
    expect(thin).toHaveLength(326);
    expect(thin.filter(({ relatedObject }) => relatedObject === 'none')).toHaveLength(13);
    expect(thin.filter(({ relatedObject }) => relatedObject === 'singleton')).toHaveLength(7);
    expect(thin.filter(({ carriesData }) => carriesData)).toHaveLength(14);
  });

  it('tells 216 thin types that are twins of a snapshot from 53 of API v1 that stand alone', () => {
    expect(EVENT_TYPES.filter(({ styles }) => styles.length === 2)).toHaveLength(216);
    expect(
      EVENT_TYPES.filter((entry) => entry.styles[0] === 'thin' && entry.thin?.type.startsWith('v1.')),
    ).toHaveLength(53);
  });

  it('describes every type and names the object it is about', () => {
    expect(typesWhere((entry) => entry.description === '' || entry.object === '')).toEqual([]);
    expect(typesWhere(({ objectKinds }) => objectKinds.length === 0)).toEqual([]);
    expect(typesWhere(({ objectKinds }) => !objectKinds.every((kind) => /^[a-z0-9_.]+$/.test(kind)))).toEqual([]);
  });

  it('says which objects a label with examples stands for', () => {
    const kinds = (wanted: EventType) => EVENT_TYPES.find(({ type }) => type === wanted)?.objectKinds;

    expect(kinds('account.external_account.created')).toEqual(['bank_account', 'card']);
    expect(kinds('customer.source.created')).toEqual(['source', 'card', 'bank_account']);
    expect(kinds('source.canceled')).toEqual(['source']);
  });

  it('completes known names and allows others', () => {
    expectTypeOf<'invoice.paid'>().toExtend<EventType>();
    expectTypeOf<'invoice.invented'>().not.toExtend<EventType>();
    expectTypeOf<'invoice.invented'>().toExtend<AnyEventType>();
  });
});

describe('the routing table', () => {
  it('has 72 rows with an id and a prefix of their own', () => {
    expect(ROUTES).toHaveLength(72);
    expect(new Set(ROUTES.map(({ id }) => id)).size).toBe(72);
    expect(new Set(ROUTES.map(({ prefix }) => prefix)).size).toBe(72);
    expect(ROUTES.filter(({ id }) => !/^[A-Z][A-Za-z0-9]*$/.test(id))).toEqual([]);
  });

  it('gives each of the 22 domains at least one prefix', () => {
    expect(DOMAINS).toHaveLength(22);
    expect(new Set(ROUTES.map(({ domain }) => domain))).toEqual(new Set(DOMAINS.map(({ name }) => name)));
  });

  it('gives each of the 602 names that Stripe uses a domain', () => {
    const snapshots = typesWhere(({ styles }) => styles.some((style) => style === 'snapshot'));
    const names = [...snapshots, ...thin.map(({ type }) => type)];

    expect(new Set(names).size).toBe(602);
    expect(names.filter((name) => longestPrefix(canonicalType(name)) === undefined)).toEqual([]);
  });

  it('spreads the published types over the domains as Stripe documents them', () => {
    const counts: Record<string, number> = {};
    for (const type of typesWhere(({ since }) => since === 'base')) {
      const domain = longestPrefix(type)?.domain ?? 'none';
      counts[domain] = (counts[domain] ?? 0) + 1;
    }

    expect(counts).toEqual({
      billing: 55,
      core: 41,
      issuing: 22,
      connect: 21,
      payment_methods: 17,
      products: 16,
      climate: 7,
      financial_connections: 7,
      identity: 6,
      checkout: 4,
      fraud: 4,
      reporting: 3,
      payment_links: 2,
      terminal: 2,
      entitlements: 1,
      sigma: 1,
      tax: 1,
    });
  });
});
