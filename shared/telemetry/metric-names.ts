/**
 * Every metric there is. CloudWatch bills each name under each dimension, and alarms and dashboards go by them, so no
 * name is ever made of text from outside: a team's own error code stays in the log and in the ledger.
 */

/** Codes of our own errors, the only ones that are metrics of their own. */
const OWN_CODES = [
  'bus_refused',
  'destination_mismatch',
  'ledger_unavailable',
  'not_a_stripe_event',
  'not_an_event',
  'object_contended',
  'objects_unavailable',
  'parked_by_reaction',
  'partner_source_unknown',
  'payload_lost',
  'payload_store_unavailable',
  'publish_failed',
  'publish_unknown',
  'queue_unavailable',
  'reaction_timed_out',
  'related_object_unexpected',
  'related_url_refused',
  'retry_by_reaction',
  'secret_unavailable',
  'stripe_finds_nothing',
  'stripe_key_missing',
  'stripe_key_refused',
  'stripe_not_found',
  'stripe_permission_missing',
  'stripe_rate_limited',
  'stripe_request_refused',
  'stripe_unavailable',
  'team_key_refused',
  'too_early',
  'unexpected_error',
] as const;

/** Why the ingress refuses a request. */
const REFUSAL_CODES = [
  'body_not_json',
  'body_too_large',
  'destination_mismatch',
  'destination_unknown',
  'not_a_stripe_event',
  'not_an_authorization_request',
  'signature_malformed',
  'signature_mismatch',
  'signature_missing',
  'timestamp_outside_tolerance',
] as const;

/** Outcomes that are counted once as they are, and once more with our own code of the reason. */
const WITH_CODE = ['Failed', 'Parked', 'Unavailable'] as const;

const COUNTS = [
  // Ingress: how a request was answered, and what may have been published twice.
  'Accepted',
  'Duplicate',
  'Ignored',
  'InFlight',
  'Refused',
  'PublishRepeated',
  'PublishRetried',
  'PublishUnknown',
  // What waits for a decision and was sent where none is made.
  'CannotDecide',
  // Authorizer: what Stripe was told, who decided it, and whether the bus knows.
  'Approved',
  'Declined',
  'FellBack',
  'CopyMissed',
  // Both: the bus refused an event for good; done, but the ledger was not told.
  'BusRefused',
  'CompleteUnknown',
  // Handlers: what became of a message, of its object, and of each reaction to it.
  'Handled',
  'NewType',
  'OutOfTime',
  'InProgress',
  'Projected',
  'Ambiguous',
  'Unprojectable',
  'Reacted',
  'Skipped',
  'ReactionDuplicate',
  // Present states: asked for by a handler, and projected by it.
  'RefreshAsked',
  'Refreshed',
  // The resolver's part of that: fetched, known by now, or without a key to ask with.
  'StateFetched',
  'StateKnown',
  'StateWithoutKey',
  // Resolver: what became of a notification, and what Stripe was asked for it.
  'Resolved',
  'ResolveDuplicate',
  'ObjectMissing',
  'TwinSkipped',
  'StripeRequests',
  'StripeRefusals',
  'Coalesced',
  'NotFoundBreakerOpen',
  // Delivery check: what was published and is nowhere, and how old the oldest message is.
  'Undelivered',
  'RetentionUsedPercent',
  // Destination check: what of Stripe's side is off or not as configured, and what Stripe could not deliver.
  'DestinationsOff',
  'DestinationsChanged',
  'DeliveriesPending',
  // Reconciler: events of Stripe's lists that were not on the bus, and those in another API version than configured.
  'GapFound',
  'OtherApiVersion',
] as const;

const DURATIONS = [
  'AnsweredAfterMs',
  'CreatedToAcceptedMs',
  'CreatedToHandledMs',
  'CreatedToResolvedMs',
  'StripeWaitMs',
] as const;

type OwnCode = (typeof OWN_CODES)[number];
type WithCode = (typeof WITH_CODE)[number];

export type CountMetric =
  | (typeof COUNTS)[number]
  | WithCode
  | `${WithCode}_${OwnCode}`
  | `Refused_${(typeof REFUSAL_CODES)[number]}`;
export type DurationMetric = (typeof DURATIONS)[number];

/** All of them. */
export const METRICS: readonly (CountMetric | DurationMetric)[] = [
  ...COUNTS,
  ...WITH_CODE,
  ...WITH_CODE.flatMap((outcome) => OWN_CODES.map((code) => `${outcome}_${code}` as const)),
  ...REFUSAL_CODES.map((code) => `Refused_${code}` as const),
  ...DURATIONS,
];

/** An outcome's metrics for an error: the outcome, and, where the code is one of our own, the outcome with the code. */
export function metricsOf(outcome: WithCode, code: string): readonly CountMetric[] {
  const own = OWN_CODES.find((known) => known === code);
  return own === undefined ? [outcome] : [outcome, `${outcome}_${own}`];
}
