import type { AlarmConfig } from '#infra/configuration/alarm-config.ts';
import type { IssuingAuthorizationConfig } from '#infra/configuration/issuing-authorization.ts';
import { settingsOf } from '#infra/configuration/settings.ts';
import type { DomainConfig, ResolverConfig, StageConfig } from '#infra/configuration/stage-config.ts';
import { HANDLER_NAMES, UNRECOGNIZED } from '#shared/catalogue/domains.ts';
import type { Workload } from './workload.ts';

/** A stage with an option, and the events that show what it does. */
export interface Setting {
  /** @default the stage as it is */
  readonly config?: (config: StageConfig) => StageConfig;
  /** @default the events as they are */
  readonly load?: (load: Workload) => Partial<Workload>;
}

/** Something to try. */
export interface Trial extends Setting {
  readonly what: string;
  /** @default the stage and the events as they are */
  readonly against?: Setting;
  /** Why no price is known for a part of it, besides what its resources say. */
  readonly unpriced?: readonly string[];
}

/** Either what to try, or why an option has no line. */
export type OptionCost = readonly Trial[] | string;

type Group<Name extends string, Config> = `${Name}.${keyof Config & string}`;

/** Every option of a stage: one that joins the configuration and not the list below does not compile. */
export type OptionName =
  | Exclude<keyof StageConfig, 'alarms' | 'domains' | 'issuingAuthorization' | 'resolver' | 'unrecognized'>
  | Group<'alarms', AlarmConfig>
  | Group<'domains', DomainConfig>
  | Group<'issuingAuthorization', IssuingAuthorizationConfig>
  | Group<'resolver', ResolverConfig>
  | 'unrecognized';

/** Options of every handler. */
const everywhere =
  (handler: DomainConfig) =>
  (config: StageConfig): StageConfig => ({
    ...config,
    domains: Object.fromEntries(
      HANDLER_NAMES.filter((name) => name !== UNRECOGNIZED).map((name) => [
        name,
        { ...config.domains?.[name], ...handler },
      ]),
    ),
    unrecognized: { ...config.unrecognized, ...handler },
  });

const DESTINATION = { name: 'one-more', mode: 'live', payload: 'snapshot', accounts: 'own' } as const;
const withDestination = (config: StageConfig): StageConfig => ({
  ...config,
  destinations: [...settingsOf('any', config).destinations, DESTINATION],
});
const PARTNER = ['aws.partner/stripe.com/ed_61RkExample'];
const ORGANIZATION = { organization: 'o-a1b2c3d4e5' };
const lane = (more: Partial<IssuingAuthorizationConfig> = {}): Setting => ({
  config: (config) => ({ ...config, issuingAuthorization: { fallback: 'decline', ...more } }),
  load: () => ({ authorizations: 1 }),
});
/** Seconds, and messages of a batch that they fill when events come evenly. */
const WINDOW = 60;
const filled = ({ eventsPerMonth, domains }: Workload) =>
  Math.min(10, 1 + (WINDOW * eventsPerMonth) / (30 * 24 * 3_600) / domains);
const LARGE: Setting = { load: () => ({ eventKb: 200 }) };

const AS_CHOSEN = 'Nothing: it says what things are called or what is expected.';
const ONLY_PACE = 'Nothing: it bounds how fast, not how much.';

export const OPTION_COSTS: Readonly<Record<OptionName, OptionCost>> = {
  destinations: [
    {
      what: 'one more, with events',
      config: withDestination,
      load: ({ destinations }) => ({ destinations: destinations + 1 }),
    },
  ],
  partnerEventSources: [
    {
      what: "Stripe's partner bus in the place of webhooks, whose way stays open",
      config: (config) => ({ ...config, partnerEventSources: PARTNER }),
      load: () => ({ byWebhook: 0, byPartnerBus: 1 }),
    },
    {
      what: 'both ways for each event',
      config: (config) => ({ ...config, partnerEventSources: PARTNER }),
      load: () => ({ byPartnerBus: 1 }),
    },
  ],
  'issuingAuthorization.fallback': [{ what: 'the lane; uses of a card and not other events', ...lane() }],
  'issuingAuthorization.memoryMb': [
    { what: '2048 and not 1024, as long to decide', ...lane({ memoryMb: 2_048 }), against: lane() },
  ],
  'issuingAuthorization.provisionedConcurrency': [
    { what: '1, with 1024 MB', ...lane({ provisionedConcurrency: 1 }), against: lane() },
  ],
  'issuingAuthorization.policyMs': 'Nothing by itself: the policy is billed for as long as it takes.',
  'issuingAuthorization.name': AS_CHOSEN,
  'issuingAuthorization.mode': AS_CHOSEN,
  'issuingAuthorization.accounts': AS_CHOSEN,
  stripeApiVersion: AS_CHOSEN,
  stripeAccounts: AS_CHOSEN,
  'domains.state': [
    {
      what: "'off' for a domain without events",
      config: (config) => ({
        ...config,
        domains: { ...config.domains, climate: { state: 'off', drained: '2026-01-01' } },
      }),
    },
  ],
  'domains.projection': [
    { what: "'off' everywhere; a list of fields is in between", config: everywhere({ projection: 'off' }) },
  ],
  'domains.freshness': [
    {
      what: "'latest' everywhere, at most: no two events share a request",
      config: everywhere({ freshness: 'latest' }),
    },
  ],
  'domains.maxConcurrency': ONLY_PACE,
  'domains.drained': AS_CHOSEN,
  unrecognized: 'As of any other domain.',
  'resolver.requestsPerSecond': ONLY_PACE,
  'resolver.refreshesPerSecond': ONLY_PACE,
  'resolver.maxConcurrency': ONLY_PACE,
  handlerTimeoutSeconds: 'Nothing: time is billed as it is used.',
  handlerMemoryMb: [
    { what: '512 and not 256, and no faster', config: (config) => ({ ...config, handlerMemoryMb: 512 }) },
  ],
  batchingWindowSeconds: [
    {
      what: `${WINDOW}, where batches of 1 would come`,
      config: (config) => ({ ...config, batchingWindowSeconds: WINDOW }),
      load: (load) => ({ batch: filled(load) }),
      against: { load: () => ({ batch: 1 }) },
    },
  ],
  retrySchedule: 'Nothing while nothing fails.',
  maxReceiveCount: 'Nothing while nothing fails; then each try is a receive and an invocation.',
  inlineLimitBytes: [
    {
      what: '64000 and not 240000, for events of 200 KB',
      ...LARGE,
      config: (config) => ({ ...config, inlineLimitBytes: 64_000 }),
      against: LARGE,
    },
  ],
  archiveDays: [{ what: '365 and not 35', config: (config) => ({ ...config, archiveDays: 365 }) }],
  logRetentionDays: [{ what: '365 and not 30', config: (config) => ({ ...config, logRetentionDays: 365 }) }],
  tracing: [{ what: 'true', config: (config) => ({ ...config, tracing: true }) }],
  throttle: ONLY_PACE,
  accountConcurrency: AS_CHOSEN,
  removalPolicy: 'Nothing while the stage stands; what is retained after it costs what it holds.',
  'alarms.page': [
    {
      what: 'a mail address, a URL and a Slack channel',
      config: (config) => ({
        ...config,
        alarms: {
          ...config.alarms,
          page: {
            emails: ['on-call@example.com'],
            urls: ['https://example.com/page'],
            slack: [{ workspace: 'T0123ABCD', channel: 'C0123ABCD' }],
          },
        },
      }),
    },
  ],
  'alarms.ticket': 'As `alarms.page`.',
  'alarms.lateAfterMinutes': 'Nothing: as many alarms.',
  'alarms.failuresPerFiveMinutes': 'Nothing: as many alarms.',
  'alarms.silentAfterHours': [
    {
      what: 'for one more destination',
      config: (config) => ({
        ...withDestination(config),
        alarms: { ...config.alarms, silentAfterHours: { [DESTINATION.name]: 24 } },
      }),
      against: { config: withDestination },
    },
  ],
  'alarms.severities': [
    {
      what: "'off' for `late`",
      config: (config) => ({ ...config, alarms: { ...config.alarms, severities: { late: 'off' } } }),
    },
  ],
  'alarms.runbooks': AS_CHOSEN,
  'alarms.approvers': 'Nothing until an automation runs: then a step more.',
  organization: [
    {
      what: "another account's bus that takes every event",
      config: (config) => ({ ...config, ...ORGANIZATION }),
      load: ({ foreignBuses }) => ({ foreignBuses: foreignBuses + 1 }),
    },
  ],
  subscribers: [
    {
      what: "another account's queue, filled by a rule of ours",
      config: (config) => ({
        ...config,
        ...ORGANIZATION,
        subscribers: [{ name: 'dunning', account: '444455556666', owner: 'dunning', events: ['invoice.paid'] }],
      }),
      unpriced: ['delivery to a queue of another account: whether EventBridge bills it is not confirmed'],
    },
  ],
  schemaRegistry: 'Nothing: of schemas only their discovery is billed, which is not used.',
};

/** What other events, and who else takes them, change of the same stage. */
export const EVENT_COSTS: readonly Trial[] = [
  { what: 'an ingress that takes 10 ms more', load: ({ ingressMs }) => ({ ingressMs: ingressMs + 10 }) },
  { what: 'batches of 1 (a trickle of events)', load: () => ({ batch: 1 }) },
  { what: 'events of 20 KB', load: () => ({ eventKb: 20 }) },
  { what: 'thin events in the place of snapshots', load: () => ({ thinShare: 1 }) },
  { what: 'connected accounts, a thousand with events within a week', load: () => ({ connectedAccounts: 1_000 }) },
  {
    what: 'one more subscriber that takes every event (`StripeEventSubscription` of a function)',
    load: ({ subscribers }) => ({ subscribers: subscribers + 1 }),
  },
];
