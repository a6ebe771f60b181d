import type { Domain } from '#shared/catalogue/domains.ts';
import type { DeclaredDestination } from '#shared/destinations/declared-destination.ts';
import type { AlarmConfig } from './alarm-config.ts';
import type { IssuingAuthorizationConfig } from './issuing-authorization.ts';
import type { PartnerEventSource } from './partner-event-source.ts';
import type { SubscriberConfig } from './subscriber-config.ts';

/**
 * Whether a domain's events are handled.
 * - `on`: rules deliver to the queue, the handler drains it.
 * - `draining`: rules deliver nothing more, the handler drains what is there.
 * - `off`: no function. The rules stay without a target, so that EventBridge counts the events and the archive has them.
 */
export type DomainState = 'on' | 'draining' | 'off';

/** What the `objects` table keeps of a domain's objects: all of it, nothing, or these top-level fields. */
export type Projection = 'full' | 'off' | readonly string[];

/**
 * What the `objects` table says of an object.
 * - `event`: what its newest event showed.
 * - `latest`: after each event, what Stripe's API answers, as soon as `resolver.refreshesPerSecond` allows. It takes an
 *   API key, and one request for an object whose events come in a crowd. Reactions see each event as it came.
 */
export type Freshness = 'event' | 'latest';

export interface HandlerConfig {
  /** @default 'full' */
  readonly projection?: Projection;
  /** @default 'event'; events of one time that cannot be told apart are settled by the API all the same */
  readonly freshness?: Freshness;
  /**
   * Most invocations of the handler at once, 2 (the least SQS takes) to 1000.
   * @default 10
   */
  readonly maxConcurrency?: number;
}

export interface DomainConfig extends HandlerConfig {
  /** @default 'on', but 'off' for capital, crypto and forwarding */
  readonly state?: DomainState;
  /**
   * The day, as YYYY-MM-DD, on which the draining domain's queue was seen empty. Needed to switch off a domain that is
   * on by default: from `on` to `off` in one step, the messages in its queue would have no handler.
   */
  readonly drained?: string;
}

/** How much is asked of Stripe's API. What is left out has its default. */
export interface ResolverConfig {
  /**
   * Requests a second that all invocations of the resolver together make of Stripe, 4 to 1000. Stripe allows an account 100 in live
   * mode, 25 in a sandbox and 25 for one kind of object, whoever asks: leave some to your other code.
   * @default 20
   */
  readonly requestsPerSecond?: number;
  /**
   * How many of these are kept for present states that handlers ask for, 2 to 500: where events of one time cannot be
   * told apart, and for domains with `freshness: 'latest'`. Notifications have the rest.
   * @default a tenth, and at least 2
   */
  readonly refreshesPerSecond?: number;
  /**
   * Most invocations of the resolver for notifications at once, 2 (the least SQS takes) to 100. They share the rate: more do not resolve
   * faster, but go on where one waits for a slow answer.
   * @default 2
   */
  readonly maxConcurrency?: number;
}

/** What `infra/config.ts` says about one stage. Whatever is left out has its default. */
export interface StageConfig {
  /**
   * Every Stripe webhook endpoint or event destination that posts here.
   * @default 'account' for the own account's events and 'connect' for connected accounts', live and test, any payload
   */
  readonly destinations?: readonly DeclaredDestination[];
  /**
   * Partner event sources of Stripe destinations of the kind Amazon EventBridge, by name or with what else is to be
   * said of them: `aws.partner/stripe.com/ed_…`. Each is associated with its bus within seven days of its creation, in
   * the Region it was made for, and by one stage only. See docs/guides/ways-in.md.
   * @default none
   */
  readonly partnerEventSources?: readonly (string | PartnerEventSource)[];
  /**
   * A lane of its own for `issuing_authorization.request`, on which Stripe waits two seconds for a decision: by the
   * team's policy in `functions/authorizer/policy.ts`. See docs/guides/issuing-authorizations.md.
   * @default off
   */
  readonly issuingAuthorization?: IssuingAuthorizationConfig;
  /**
   * Stripe's API version, `YYYY-MM-DD.name`: snapshots come in it, and objects are fetched in it. Stripe fixes it when a
   * destination is created, so another one takes a rotation: `fanout destinations rotate`.
   * @default that of the installed `stripe` package, whose types the reactions have
   */
  readonly stripeApiVersion?: string;
  /**
   * The Stripe accounts (`acct_…`) that the stage belongs to, by mode: commands refuse a key of another one.
   * @default any; the commands show which account a key belongs to before they change anything
   */
  readonly stripeAccounts?: { readonly live?: string; readonly test?: string };
  readonly domains?: { readonly [D in Domain]?: DomainConfig };
  readonly resolver?: ResolverConfig;
  /** The handler of events that no prefix covers. It is always on: nothing is dropped for being new. */
  readonly unrecognized?: HandlerConfig;
  /**
   * Seconds a handler may work on one batch, 5 to 900. It stops itself 2 s before; the queue's visibility is derived.
   * Ten reactions that each wait for another service fit, and a crashed batch is back after three minutes.
   * @default 30
   */
  readonly handlerTimeoutSeconds?: number;
  /**
   * MB of a handler, 128 to 10240; its share of a CPU grows with it.
   * @default 256
   */
  readonly handlerMemoryMb?: number;
  /**
   * Seconds a queue waits to fill a batch of ten, 0 to 300: each second of delay saves invocations at a low rate.
   * @default 0
   */
  readonly batchingWindowSeconds?: number;
  /**
   * Seconds a failed message is hidden after its 1st, 2nd, … receive, each 0 to 43200; the last value repeats.
   * @default [60, 300, 900, 3600]
   */
  readonly retrySchedule?: readonly number[];
  /**
   * Receives before a message goes to the DLQ, 1 to 1000.
   * @default 5: once more than the schedule has delays
   */
  readonly maxReceiveCount?: number;
  /**
   * Bytes of an entry's detail above which the event goes to S3, 10000 to 950000. EventBridge takes 1 MB; each 64 KB is
   * billed as an event, and Step Functions and older targets take 256 KB.
   * @default 240000
   */
  readonly inlineLimitBytes?: number;
  /**
   * Days the archive keeps events for replays, 1 to 3650.
   * @default 35: as long as the ledger knows them
   */
  readonly archiveDays?: number;
  /**
   * Days that logs are kept: one of the values CloudWatch Logs takes.
   * @default 30
   */
  readonly logRetentionDays?: number;
  /**
   * Whether X-Ray follows events from the ingress to the handlers. Lambda samples the first request of each second and
   * 5 % of the others, and that cannot be set: below one event a second nearly all are traced, at $5 a million. Log
   * lines are found by event id either way.
   * @default false
   */
  readonly tracing?: boolean;
  /** Requests beyond it are answered 429 by the gateway, and Stripe sends them again later. */
  readonly throttle?: {
    /**
     * Requests a second over a longer time, 1 to 10000.
     * @default 500
     */
    readonly ratePerSecond?: number;
    /**
     * Requests at once, 1 to 5000.
     * @default 1000
     */
    readonly burst?: number;
  };
  /**
   * The Region's Lambda concurrency limit of the account: Service Quotas, Lambda, "Concurrent executions" (L-B99A9384).
   * New accounts may have 10; raising it costs nothing.
   * @default 1000
   */
  readonly accountConcurrency?: number;
  /**
   * What becomes of tables, queues, bus, bucket and secret when they leave the template. `destroy` is for stages whose
   * data nobody misses; CloudFormation deletes a bucket only when it is empty.
   * @default 'retain'
   */
  readonly removalPolicy?: 'retain' | 'destroy';
  readonly alarms?: AlarmConfig;
  /**
   * Id of the organization in AWS Organizations (`o-…`) whose accounts may subscribe over a bus of their own, without
   * asking, and read the events that are too large for the bus.
   * @default none: only this account subscribes
   */
  readonly organization?: string;
  /**
   * Queues of other accounts that a rule of this stage fills.
   * @default none
   */
  readonly subscribers?: readonly SubscriberConfig[];
  /**
   * Whether the schemas of all events are in EventBridge's schema registry too, in a stack of their own: 22 of the 100
   * schemas that a Region may have. It is free.
   * @default false
   */
  readonly schemaRegistry?: boolean;
}
