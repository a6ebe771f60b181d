import Stripe from 'stripe';
import { describe, expect, it } from 'vitest';
import { findEventType } from '#shared/catalogue/find-event-type.ts';
import type { DeclaredDestination } from '#shared/destinations/declared-destination.ts';
import { DEFAULT_STRIPE_API_VERSION } from '#shared/destinations/stripe-api-version.ts';
import { readStripeConfiguration, type StripeConfiguration } from '#shared/destinations/stripe-configuration.ts';
import { type WantedDestination, wantedDestinations } from '#shared/destinations/wanted-destination.ts';
import { requiresSelection } from '#shared/destinations/wanted-types.ts';

const BASE = 'https://hooks.example.com/webhooks/stripe';

function wanted(
  declared: Partial<DeclaredDestination>,
  more: Partial<StripeConfiguration> = {},
  mode = 'test' as const,
) {
  const destination = { name: 'account', mode: 'both', payload: 'either', accounts: 'own', ...declared } as const;
  const configuration = {
    apiVersion: '2026-10-28.endive',
    accounts: {},
    domainsOff: [],
    domainsDraining: [],
    destinations: [destination],
    partnerSources: [],
  };
  return wantedDestinations({ ...configuration, ...more }, mode, BASE);
}

function typesOf(all: readonly WantedDestination[], slot: string): readonly string[] {
  return all.find((one) => one.slot === slot)?.enabledEvents ?? [];
}

describe('what Stripe should have for a declared destination', () => {
  it('is one destination for each payload style and kind of accounts, for Stripe’s have one of each', () => {
    const all = wanted({ name: 'all', accounts: 'either' });

    expect(all.map(({ slot }) => slot)).toEqual([
      'all/snapshot/own',
      'all/snapshot/connected',
      'all/thin/own',
      'all/thin/connected',
    ]);
    expect(new Set(all.map(({ url }) => url))).toEqual(new Set([`${BASE}/all`]));
  });

  it('is nothing in the mode that the destination does not take', () => {
    expect(wanted({ mode: 'live' })).toEqual([]);
  });

  it('has the pinned API version for snapshots; notifications have none', () => {
    expect(wanted({}).map(({ apiVersion }) => apiVersion)).toEqual(['2026-10-28.endive', undefined]);
  });

  it('is a classic endpoint for the snapshots of one that says so, and thin events stay with API v2', () => {
    expect(wanted({ endpoint: 'classic' }).map(({ api }) => api)).toEqual(['v1', 'v2']);
  });
});

describe('the event types that are asked for', () => {
  it('are every snapshot type that Stripe’s library can name, but the one that waits for a decision', () => {
    const types = typesOf(wanted({ payload: 'snapshot' }), 'account/snapshot');

    expect(types).toHaveLength(274);
    expect(types).not.toContain('issuing_authorization.request');
    expect(types).not.toContain('quote.will_expire');
  });

  it('name those that require selection, which * leaves out', () => {
    const types = typesOf(wanted({ payload: 'snapshot' }), 'account/snapshot');

    expect(types.filter(requiresSelection)).toEqual([
      'identity.verification_session.redacted',
      'reporting.report_type.updated',
    ]);
  });

  it('are all thin types where only thin events come, by Stripe’s names, and the one that no package lists', () => {
    const types = typesOf(wanted({ payload: 'thin' }), 'account/thin');

    // 326, but the one that waits for a decision.
    expect(types).toHaveLength(325 + 1);
    expect(types).toContain('v2.core.health.event_generation_failure.resolved');
    expect(types.filter((name) => !/^v[12]\./.test(name))).toEqual([]);
    expect(types).not.toContain('*');
  });

  it('come once where either style is taken: thin only what there is no snapshot of', () => {
    const all = wanted({ payload: 'either' });
    const thin = typesOf(all, 'account/thin');

    expect(thin).toHaveLength(110 + 1);
    expect(thin.filter((name) => findEventType(name)?.styles.length === 2)).toEqual([]);
  });

  it('leave out the domains that are off, and accounts of API v2 where connected accounts are asked', () => {
    const all = wanted({ accounts: 'connected', payload: 'thin' }, { domainsOff: ['billing'] });

    const types = typesOf(all, 'account/thin');
    expect(types.filter((name) => /^v1\.(invoice\.|billing|customer\.subscription)/.test(name))).toEqual([]);
    expect(types.filter((name) => name.startsWith('v2.core.account'))).toEqual([]);
    expect(types).toContain('v1.charge.succeeded');
  });

  it('take in what is named besides, to the half whose style it has, and leave out what is named', () => {
    const all = wanted({
      alsoSend: ['issuing_authorization.request', 'v2.core.brand_new.created'],
      leaveOut: ['charge.updated', 'invoice.line_item_added'],
    });

    expect(typesOf(all, 'account/snapshot')).toContain('issuing_authorization.request');
    expect(typesOf(all, 'account/snapshot')).not.toContain('charge.updated');
    expect(typesOf(all, 'account/thin')).toContain('v2.core.brand_new.created');
    expect(typesOf(all, 'account/thin')).not.toContain('v1.invoice.line_item_added');
  });
});

describe('the configuration that the stack says', () => {
  it('survives the way through its output', () => {
    const destinations = [{ name: 'account', mode: 'both', payload: 'either', accounts: 'own' }] as const;
    const configuration: StripeConfiguration = {
      apiVersion: DEFAULT_STRIPE_API_VERSION,
      accounts: { live: 'acct_1' },
      destinations,
      partnerSources: [{ ...destinations[0], name: 'bus', source: 'aws.partner/stripe.com/ed_1' }],
      domainsOff: ['crypto'],
      domainsDraining: ['tax'],
      domainsLatest: ['billing'],
    };

    expect(readStripeConfiguration(JSON.stringify(configuration))).toEqual(configuration);
    expect(readStripeConfiguration('{"destinations":[]}')).toBeUndefined();
  });

  it('pins the version of the installed package by default', () => {
    expect(DEFAULT_STRIPE_API_VERSION).toBe(Stripe.API_VERSION);
  });
});
