import type { CountMetric, DurationMetric } from '#shared/telemetry/metric-names.ts';
import type { Inventory } from './inventory.ts';
import type { Workload } from './workload.ts';

type Metric = CountMetric | DurationMetric;

/** Metrics that functions of one kind write while all is well: each is billed under each of its dimensions. */
export interface Written {
  /** The functions' service name, of handlers without the domain. */
  readonly service: string;
  /** How many there are that have each of the metrics for themselves: destinations, domains. */
  readonly times: number;
  readonly of: 'destination' | 'domain' | 'partner event source' | 'authorizer' | 'resolver' | 'reconciler';
  /** About what, where not all of them write it. */
  readonly about?: string;
  /** `idle`: written without any event, too. */
  readonly when: 'idle' | 'active';
  readonly names: readonly Metric[];
}

const ARRIVED = ['Accepted', 'CreatedToAcceptedMs', 'Duplicate'] as const;
const ASKED = ['StripeRequests', 'StripeWaitMs', 'Coalesced'] as const;

/** What a stage writes while all is well. That the functions write just these is tested on the embedded runtime. */
export function metricsWritten(
  { projecting, refreshing, scheduled }: Pick<Inventory, 'projecting' | 'refreshing' | 'scheduled'>,
  { byWebhook, byPartnerBus, authorizations, thinShare, ...load }: Workload,
): readonly Written[] {
  const domains = (share: number) => Math.ceil(share * load.domains);
  const one = (is: boolean) => (is ? 1 : 0);
  const [isOverApi, asksForThin, asksForStates] = [byWebhook > 0 && authorizations < 1, thinShare > 0, refreshing > 0];
  const handler = (times: number) => ({ service: 'handler', times, of: 'domain', when: 'active' }) as const;
  const resolver = (is: boolean) => ({ service: 'resolver', times: one(is), of: 'resolver', when: 'active' }) as const;
  const all: readonly Written[] = [
    // Each hour, once an API key is stored.
    {
      service: 'reconciler',
      times: one((scheduled.reconciler ?? 0) > 0),
      of: 'reconciler',
      when: 'idle',
      names: ['StripeRequests'],
    },
    {
      service: 'ingress',
      times: one(isOverApi) * load.destinations,
      of: 'destination',
      when: 'active',
      names: ARRIVED,
    },
    {
      service: 'partner-ingress',
      times: one(byPartnerBus > 0),
      of: 'partner event source',
      when: 'active',
      names: ARRIVED,
    },
    {
      service: 'authorizer',
      times: one(authorizations > 0),
      of: 'authorizer',
      when: 'active',
      names: ['Accepted', 'CreatedToAcceptedMs', 'Approved', 'Declined', 'AnsweredAfterMs'],
    },
    { ...handler(load.domains), names: ['Handled', 'CreatedToHandledMs', 'Reacted'] },
    { ...handler(domains(projecting)), about: 'objects', names: ['Projected'] },
    { ...handler(domains(refreshing)), about: 'present states', names: ['RefreshAsked', 'Refreshed'] },
    { ...resolver(asksForThin), about: 'thin events', names: ['Resolved', 'CreatedToResolvedMs'] },
    { ...resolver(asksForStates), about: 'present states', names: ['StateFetched', 'StateKnown'] },
    { ...resolver(asksForThin || asksForStates), about: 'its requests', names: ASKED },
  ];
  return all.filter(({ times }) => times > 0);
}

type WithCode = Extract<Metric, `${string}_${string}`>;

/** Metrics that no stage writes while all is well, and when they are: billed for the hours in which they are written. */
export const WRITTEN_OTHERWISE = {
  Ignored: 'a platform makes test events and listens to live ones',
  InFlight: 'two deliveries of one event at once',
  Refused: 'a request that is not of Stripe',
  PublishRepeated: 'a crash between bus and ledger',
  PublishRetried: 'the bus did not answer at once',
  PublishUnknown: 'the bus did not answer',
  CannotDecide: 'an authorization at a destination that decides none',
  FellBack: 'the policy was late or failed',
  CopyMissed: 'no time or no bus for an authorization',
  BusRefused: 'an event that the bus refuses',
  CompleteUnknown: 'the ledger did not answer',
  NewType: 'the first event of a type',
  OutOfTime: 'a batch that took too long',
  InProgress: 'a message that comes twice at once',
  Ambiguous: 'events of one second that nothing tells apart',
  Unprojectable: 'an object without an id',
  Skipped: 'a reaction that says so',
  ReactionDuplicate: 'a message that comes twice',
  StateWithoutKey: 'such events, and no API key',
  ResolveDuplicate: 'a message that comes twice',
  ObjectMissing: 'an object that Stripe does not find',
  TwinSkipped: 'a change told in both styles',
  StripeRefusals: 'Stripe refuses or fails',
  NotFoundBreakerOpen: 'Stripe finds nothing',
  Undelivered: 'an event lost between bus and handler',
  RetentionUsedPercent: 'a message about to expire',
  DestinationsOff: 'a destination is off',
  DestinationsChanged: 'a destination is not as configured',
  DeliveriesPending: 'Stripe could not deliver',
  GapFound: 'an event that never came',
  OtherApiVersion: 'one in another version',
  Failed: 'a message that fails',
  Parked: 'a message that is parked',
  Unavailable: 'a request that cannot be taken',
} as const satisfies Partial<Record<Exclude<Metric, WithCode>, string>>;
