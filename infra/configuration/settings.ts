import { DOMAINS, type Domain, type DomainOrUnrecognized, UNRECOGNIZED } from '#shared/catalogue/domains.ts';
import type { DeclaredDestination } from '#shared/destinations/declared-destination.ts';
import { DEFAULT_STRIPE_API_VERSION } from '#shared/destinations/stripe-api-version.ts';
import { DEFAULT_DESTINATION } from '#shared/environment/destination.ts';
import type { PartnerSource } from '#shared/environment/partner-source.ts';
import { type AlarmSettings, alarmSettingsOf } from './alarm-settings.ts';
import { type IssuingAuthorizationSettings, issuingAuthorizationOf } from './issuing-authorization.ts';
import { partnerSourceOf } from './partner-event-source.ts';
import type {
  DomainConfig,
  DomainState,
  Freshness,
  HandlerConfig,
  Projection,
  ResolverConfig,
  StageConfig,
} from './stage-config.ts';
import type { SubscriberConfig } from './subscriber-config.ts';

/** Domains that few accounts use: off unless switched on. */
export const OFF_BY_DEFAULT: readonly Domain[] = ['capital', 'crypto', 'forwarding'];

interface HandlerSettings {
  readonly state: DomainState;
  readonly projection: Projection;
  readonly freshness: Freshness;
  readonly maxConcurrency: number;
}

/** A stage's configuration with every default filled in: what the stacks are built from. See {@link StageConfig}. */
export interface StageSettings {
  readonly stage: string;
  readonly destinations: readonly DeclaredDestination[];
  readonly partnerEventSources: readonly PartnerSource[];
  /** Absent where the lane is off. */
  readonly issuingAuthorization?: IssuingAuthorizationSettings;
  readonly stripeApiVersion: string;
  readonly stripeAccounts: NonNullable<StageConfig['stripeAccounts']>;
  readonly handlers: Readonly<Record<DomainOrUnrecognized, HandlerSettings>>;
  readonly resolver: Required<ResolverConfig>;
  readonly handlerTimeoutSeconds: number;
  readonly handlerMemoryMb: number;
  readonly batchingWindowSeconds: number;
  readonly retrySchedule: readonly number[];
  readonly maxReceiveCount: number;
  readonly inlineLimitBytes: number;
  readonly archiveDays: number;
  readonly logRetentionDays: number;
  readonly tracing: boolean;
  readonly throttle: { readonly ratePerSecond: number; readonly burst: number };
  readonly accountConcurrency: number;
  readonly removalPolicy: 'retain' | 'destroy';
  readonly alarms: AlarmSettings;
  readonly organization: string | undefined;
  readonly subscribers: readonly SubscriberConfig[];
  readonly schemaRegistry: boolean;
}

/** Fills in the defaults. Checks nothing: see `validateConfig`. */
export function settingsOf(stage: string, config: StageConfig): StageSettings {
  const retrySchedule = config.retrySchedule ?? [60, 300, 900, 3600];
  return {
    stage,
    destinations: config.destinations ?? [
      { name: DEFAULT_DESTINATION, mode: 'both', payload: 'either', accounts: 'own' },
      { name: 'connect', mode: 'both', payload: 'either', accounts: 'connected' },
    ],
    ...(config.issuingAuthorization !== undefined && {
      issuingAuthorization: issuingAuthorizationOf(config.issuingAuthorization),
    }),
    partnerEventSources: (config.partnerEventSources ?? []).map(partnerSourceOf),
    stripeApiVersion: config.stripeApiVersion ?? DEFAULT_STRIPE_API_VERSION,
    stripeAccounts: config.stripeAccounts ?? {},
    handlers: handlerSettings(config),
    resolver: resolverSettings(config.resolver ?? {}),
    handlerTimeoutSeconds: config.handlerTimeoutSeconds ?? 30,
    handlerMemoryMb: config.handlerMemoryMb ?? 256,
    batchingWindowSeconds: config.batchingWindowSeconds ?? 0,
    retrySchedule,
    maxReceiveCount: config.maxReceiveCount ?? 5,
    inlineLimitBytes: config.inlineLimitBytes ?? 240_000,
    archiveDays: config.archiveDays ?? 35,
    logRetentionDays: config.logRetentionDays ?? 30,
    tracing: config.tracing ?? false,
    throttle: { ratePerSecond: config.throttle?.ratePerSecond ?? 500, burst: config.throttle?.burst ?? 1_000 },
    accountConcurrency: config.accountConcurrency ?? 1_000,
    removalPolicy: config.removalPolicy ?? 'retain',
    alarms: alarmSettingsOf(config.alarms ?? {}, retrySchedule),
    organization: config.organization,
    subscribers: config.subscribers ?? [],
    schemaRegistry: config.schemaRegistry ?? false,
  };
}

function resolverSettings(config: ResolverConfig): Required<ResolverConfig> {
  const { requestsPerSecond = 20, maxConcurrency = 2 } = config;
  const refreshesPerSecond = config.refreshesPerSecond ?? Math.max(2, Math.floor(requestsPerSecond / 10));
  return { requestsPerSecond, refreshesPerSecond, maxConcurrency };
}

function handlerSettings({ domains = {}, unrecognized }: StageConfig): StageSettings['handlers'] {
  const of = (name: Domain) => handler(domains[name], OFF_BY_DEFAULT.includes(name) ? 'off' : 'on');
  const perDomain = Object.fromEntries(DOMAINS.map(({ name }) => [name, of(name)])) as Record<Domain, HandlerSettings>;
  return { ...perDomain, [UNRECOGNIZED]: handler(unrecognized, 'on') };
}

function handler(config: (HandlerConfig & DomainConfig) | undefined, defaultState: DomainState): HandlerSettings {
  return {
    state: config?.state ?? defaultState,
    projection: config?.projection ?? 'full',
    freshness: config?.freshness ?? 'event',
    maxConcurrency: config?.maxConcurrency ?? 10,
  };
}
