import type { CountMetric, DurationMetric } from '#shared/telemetry/metric-names.ts';
import type { Inventory } from './inventory.ts';
import type { Workload } from './workload.ts';

type Metric = CountMetric | DurationMetric;

/** Metrics that functions of one kind write while all is well: each is billed under each of its dimensions. */
export interface Written {
  /** The functions' service name, of handlers without the domain. */
  readonly service: string;
  /** What has each of the metrics for itself, and how many of that there are. */
  readonly of: string;
  readonly times: number;
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
  const active = (service: string, of: string, times: number, names: readonly Metric[]) =>
    ({ service, of, times, when: 'active', names }) as const;
  const [asksForThin, asksForStates] = [thinShare > 0, refreshing > 0];
  const all: readonly Written[] = [
    // Each hour, once an API key is stored.
    {
      service: 'reconciler',
      of: 'the reconciler',
      times: one((scheduled.reconciler ?? 0) > 0),
      when: 'idle',
      names: ['StripeRequests'],
    },
    active('ingress', 'destinations', byWebhook > 0 && authorizations < 1 ? load.destinations : 0, ARRIVED),
    active('partner-ingress', 'partner event sources', one(byPartnerBus > 0), ARRIVED),
    active('authorizer', 'the authorizer', one(authorizations > 0), [
      ...(['Accepted', 'CreatedToAcceptedMs', 'Approved', 'Declined', 'AnsweredAfterMs'] as const),
    ]),
    active('handler', 'domains', load.domains, ['Handled', 'CreatedToHandledMs', 'Reacted']),
    active('handler', 'domains that keep objects', domains(projecting), ['Projected']),
    active('handler', 'domains that ask for present states', domains(refreshing), ['RefreshAsked', 'Refreshed']),
    active('resolver', 'the resolver, of thin events', one(asksForThin), ['Resolved', 'CreatedToResolvedMs']),
    active('resolver', 'the resolver, of present states', one(asksForStates), ['StateFetched', 'StateKnown']),
    active('resolver', 'the resolver, of its requests', one(asksForThin || asksForStates), ASKED),
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
