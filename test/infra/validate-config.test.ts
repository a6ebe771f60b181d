import Stripe from 'stripe';
import { describe, expect, it } from 'vitest';
import { CONFIG } from '#infra/config.ts';
import { configOf } from '#infra/configuration/config-of.ts';
import { InvalidConfig } from '#infra/configuration/invalid-config.ts';
import type { StageConfig } from '#infra/configuration/stage-config.ts';
import { validateConfig } from '#infra/configuration/validate-config.ts';

/** What is wrong with a configuration, also with one that its type would not allow. */
function problemsOf(config: unknown, stage = 'dev'): readonly string[] {
  try {
    validateConfig(stage, config as StageConfig);
    return [];
  } catch (error) {
    if (error instanceof InvalidConfig) return error.problems;
    throw error;
  }
}

const ACCOUNT = { name: 'account', mode: 'both', payload: 'either', accounts: 'own' };

describe('validateConfig', () => {
  it.each(Object.entries(CONFIG))('accepts the stage %s as it is shipped', (stage, config) => {
    expect(validateConfig(stage, config).stage).toBe(stage);
  });

  it('fills in every documented default', () => {
    expect(validateConfig('dev', {})).toMatchObject({
      stripeApiVersion: Stripe.API_VERSION,
      stripeAccounts: {},
      handlerTimeoutSeconds: 30,
      handlerMemoryMb: 256,
      batchingWindowSeconds: 0,
      retrySchedule: [60, 300, 900, 3600],
      maxReceiveCount: 5,
      inlineLimitBytes: 240_000,
      archiveDays: 35,
      logRetentionDays: 30,
      throttle: { ratePerSecond: 500, burst: 1_000 },
      accountConcurrency: 1_000,
      removalPolicy: 'retain',
      alarms: {
        page: { emails: [], urls: [], slack: [] },
        ticket: { emails: [], urls: [], slack: [] },
        lateAfterMinutes: 26,
        failuresPerFiveMinutes: 10,
        silentAfterHours: {},
        severities: {},
        runbooks: 'docs/runbooks',
        approvers: [],
      },
      handlers: {
        billing: { state: 'on', projection: 'full', freshness: 'event', maxConcurrency: 10 },
        capital: { state: 'off' },
        crypto: { state: 'off' },
        forwarding: { state: 'off' },
        unrecognized: { state: 'on' },
      },
    });
  });

  it.each<[unknown, string]>([
    [{ handlerTimeoutSeconds: 901 }, 'dev.handlerTimeoutSeconds is 901: write a whole number from 5 to 900 (seconds).'],
    [
      { domains: { tax: { freshness: 'newest' } } },
      'dev.domains.tax.freshness is "newest": write "event" or "latest".',
    ],
    [
      { domains: { tax: { freshness: 'latest', projection: 'off' } } },
      'dev.domains.tax.freshness is "latest", but with projection "off" nothing is kept: leave one of them out.',
    ],
    [
      { unrecognized: { freshness: 'latest', projection: 'off' } },
      'dev.unrecognized.freshness is "latest", but with projection "off" nothing is kept: leave one of them out.',
    ],
    [
      { resolver: { requestsPerSecond: 3 } },
      'dev.resolver.requestsPerSecond is 3: write a whole number from 4 to 1000 (requests a second).',
    ],
    [{ maxReceiveCount: '5' }, 'dev.maxReceiveCount is "5": write a whole number from 1 to 1000 (receives).'],
    [{ retrySchedule: [60, -1] }, 'dev.retrySchedule[1] is -1: write a whole number from 0 to 43200 (seconds).'],
    [{ retrySchedule: [] }, 'dev.retrySchedule is empty: write at least one delay in seconds.'],
    [{ removalPolicy: 'keep' }, 'dev.removalPolicy is "keep": write "retain" or "destroy".'],
    [{ alarms: { page: { emails: ['oncall'] } } }, 'dev.alarms.page.emails[0] is "oncall": write an e-mail address.'],
    [
      { alarms: { page: { urls: ['http://example.com'] } } },
      'dev.alarms.page.urls[0] is "http://example.com": write a URL that starts with https://.',
    ],
    [
      { alarms: { ticket: { slack: [{ workspace: 'T1' }] } } },
      'dev.alarms.ticket.slack[0].channel is missing: add it.',
    ],
    [
      { alarms: { severities: { late: 'urgent' } } },
      'dev.alarms.severities.late is "urgent": write "page" or "ticket" or "off".',
    ],
    [{ alarms: { severities: { lat: 'page' } } }, 'dev.alarms.severities.lat is not an option: did you mean "late"?'],
    [
      { alarms: { silentAfterHours: { acount: 3 } } },
      'dev.alarms.silentAfterHours names "acount", which is no destination: use one of account, connect.',
    ],
    [
      { alarms: { silentAfterHours: { account: 169 } } },
      'dev.alarms.silentAfterHours.account is 169: write a whole number from 1 to 168 (hours).',
    ],
    [{ alarms: { silentAfterHours: 'never' } }, 'dev.alarms.silentAfterHours is "never": write an object.'],
    [
      { alarms: { lateAfterMinutes: 21 } },
      'dev.alarms.lateAfterMinutes is 21: one bad message looks late for 21 minutes (the first three delays of retrySchedule), so write at least 22 or shorten the delays.',
    ],
    [{ alarms: { approvers: ['me'] } }, 'dev.alarms.approvers[0] is "me": write the ARN of a role or user.'],
    [{ archiveDay: 7 }, 'dev.archiveDay is not an option: did you mean "archiveDays"?'],
    [{ domains: { biling: {} } }, 'dev.domains.biling is not an option: did you mean "billing"?'],
    [
      { domains: { tax: { maxConcurrency: 1 } } },
      'dev.domains.tax.maxConcurrency is 1: write a whole number from 2 to 1000 (invocations at once).',
    ],
    [
      { domains: { tax: { projection: 'some' } } },
      'dev.domains.tax.projection is "some": write "full" or "off" or a list.',
    ],
    [
      { unrecognized: { state: 'off' } },
      'dev.unrecognized.state is not an option: use one of projection, freshness, maxConcurrency',
    ],
    [{ destinations: [{ name: 'account' }] }, 'dev.destinations[0].mode is missing: add it.'],
    [
      { partnerEventSources: ['ed_1'] },
      'dev.partnerEventSources[0] is "ed_1": write the source\'s name, aws.partner/stripe.com/ed_….',
    ],
    [
      { partnerEventSources: [{ source: 'aws.partner/stripe.com/ed_1', accountz: 'own' }] },
      'dev.partnerEventSources[0].accountz is not an option: did you mean "accounts"?',
    ],
    [
      { partnerEventSources: ['aws.partner/stripe.com/ed_1', { source: 'aws.partner/stripe.com/ed_1', name: 'a' }] },
      'dev.partnerEventSources names aws.partner/stripe.com/ed_1 twice: it has one bus, so write it once.',
    ],
    [
      { partnerEventSources: [{ source: 'aws.partner/stripe.com/ed_1', name: 'account' }] },
      'dev.partnerEventSources has one named "account", as another is: give it a name of its own.',
    ],
    [{ issuingAuthorization: {} }, 'dev.issuingAuthorization.fallback is missing: add it.'],
    [
      { issuingAuthorization: { fallback: 'retry' } },
      'dev.issuingAuthorization.fallback is "retry": write "approve" or "decline".',
    ],
    [
      { issuingAuthorization: { fallback: 'decline', policyMs: 1500 } },
      'dev.issuingAuthorization.policyMs is 1500: write a whole number from 50 to 1200 (milliseconds).',
    ],
    [
      { issuingAuthorization: { fallback: 'decline', name: 'connect' } },
      'dev.issuingAuthorization is named "connect", as a destination is: give it a name of its own.',
    ],
    [{ throttle: 5 }, 'dev.throttle is 5: write an object.'],
    [
      { stripeApiVersion: 'latest' },
      `dev.stripeApiVersion is "latest": write a version of Stripe's API, such as '2026-10-28.endive'.`,
    ],
    [{ stripeAccounts: { live: '1234' } }, `dev.stripeAccounts.live is "1234": write an account's id, acct_….`],
    [
      { destinations: [{ ...ACCOUNT, endpoint: 'classic', payload: 'thin' }] },
      'dev.destinations "account" is classic and thin: classic endpoints send snapshots only, so take endpoint away.',
    ],
    [
      { destinations: [{ ...ACCOUNT, leaveOut: ['invoice.payd'] }] },
      'dev.destinations "account" leaves out invoice.payd, which is not in the catalogue: did you mean "invoice.paid"?',
    ],
    [
      { destinations: ['account', 'b', 'c', 'd', 'e'].map((name) => ({ ...ACCOUNT, name, accounts: 'either' })) },
      'dev.destinations are 20 at Stripe in test mode, which allows 16: declare fewer.',
    ],
  ])('says what to write instead of %j', (config, message) => {
    expect(problemsOf(config)).toContain(message);
  });

  it('refuses to switch off in one step a domain that may hold messages', () => {
    expect(problemsOf({ domains: { tax: { state: 'off' } } })).toEqual([
      "dev.domains.tax goes off, but its queue may still hold messages: write { state: 'draining' }, deploy, wait until the queue is empty, then write { state: 'off', drained: 'YYYY-MM-DD' } with that day.",
    ]);
  });

  it('lets a domain that is off by default be off without a word', () => {
    expect(problemsOf({ domains: { capital: { state: 'off' } } })).toEqual([]);
  });

  it('has the day of draining removed from a domain that is on again', () => {
    expect(problemsOf({ domains: { tax: { state: 'on', drained: '2026-11-24' } } })).toEqual([
      'dev.domains.tax is on, so remove its "drained".',
    ]);
  });

  it('refuses two destinations of one name', () => {
    expect(problemsOf({ destinations: [ACCOUNT, ACCOUNT] })).toEqual([
      'dev.destinations has two named "account": each is a URL of its own, so give them different names.',
    ]);
  });

  it('wants a destination behind the bare path', () => {
    const destinations = [{ name: 'eu', mode: 'both', payload: 'either', accounts: 'own' }];

    expect(problemsOf({ destinations })[0]).toContain('none named "account"');
  });

  it('reads the mode of a partner event source from its id, and lets it take all else', () => {
    const { partnerEventSources } = validateConfig('dev', {
      partnerEventSources: [
        'aws.partner/stripe.com/ed_test_61Rk',
        { source: 'aws.partner/stripe.com/ed_61Rk', name: 'bridge', payload: 'thin', accounts: 'own' },
      ],
    });

    expect(partnerEventSources).toEqual([
      {
        source: 'aws.partner/stripe.com/ed_test_61Rk',
        name: 'ed_test_61Rk',
        mode: 'test',
        payload: 'either',
        accounts: 'either',
      },
      { source: 'aws.partner/stripe.com/ed_61Rk', name: 'bridge', mode: 'live', payload: 'thin', accounts: 'own' },
    ]);
  });

  it('takes a partner event source for one that can be silent', () => {
    const partnerEventSources = [{ source: 'aws.partner/stripe.com/ed_1', name: 'bridge' }];

    expect(problemsOf({ partnerEventSources, alarms: { silentAfterHours: { bridge: 3 } } })).toEqual([]);
  });

  it('leaves room for the partner ingress, where there is one', () => {
    const partnerEventSources = ['aws.partner/stripe.com/ed_1'];

    expect(problemsOf({ partnerEventSources, accountConcurrency: 313 })[0]).toContain('the partner ingress 10');
    expect(problemsOf({ partnerEventSources, accountConcurrency: 314 })).toEqual([]);
  });

  it('refuses more concurrency than the account has', () => {
    // 19 domains and the unrecognized events × 10, the resolver's 2, and a fifth of 500 requests a second.
    expect(problemsOf({ accountConcurrency: 303 })[0]).toContain('handlers may use 204');
    expect(problemsOf({ accountConcurrency: 303 })[0]).toContain('ingress 100');
    expect(problemsOf({ accountConcurrency: 304 })).toEqual([]);
  });

  it('reports everything that is wrong at once', () => {
    expect(problemsOf({ archiveDays: 0, logRetentionDays: 2 })).toHaveLength(2);
  });

  it.each(['Dev', '1dev', 'dev-', 'averylongstagename'])('refuses the stage name %s', (stage) => {
    expect(problemsOf({}, stage)[0]).toContain('1 to 12 lower-case letters');
  });

  it('suggests the stage that was meant', () => {
    expect(() => configOf('prd', CONFIG)).toThrow('did you mean "prod"');
    expect(() => configOf('constructor', CONFIG)).toThrow(InvalidConfig);
  });
});
