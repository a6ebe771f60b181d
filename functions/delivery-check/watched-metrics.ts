import { type DomainOrUnrecognized, UNRECOGNIZED } from '#shared/catalogue/domains.ts';
import { ROUTES } from '#shared/catalogue/routes.ts';
import type { PartnerSource } from '#shared/environment/partner-source.ts';
import {
  busName,
  deadLetterQueueName,
  partnerRuleName,
  type QueueOwner,
  queueName,
  type RuleId,
  ruleName,
} from '#shared/naming/resource-names.ts';
import type { MetricQuery } from '#shared/ports/metric-reader.ts';
import {
  authorizerDimensions,
  handlerDimensions,
  ingressDimensions,
  METRIC_NAMESPACE,
  partnerDimensions,
  partnerQueueDimensions,
  reconcilerDimensions,
  resolverDimensions,
} from '#shared/telemetry/metric-dimensions.ts';

export type Partner = Pick<PartnerSource, 'name' | 'source'>;

/** What a handler counts once for each message that it is done with; a try that failed comes back, and is not. */
const SETTLED = ['Handled', 'Skipped', 'Parked', 'BusRefused'] as const;

/** What the resolver counts once for each whole event that it published, and once for each notification it is done with. */
const PUBLISHED_BY_RESOLVER = ['Resolved', 'ObjectMissing'] as const;
const SETTLED_BY_RESOLVER = [...PUBLISHED_BY_RESOLVER, 'TwinSkipped', 'ResolveDuplicate', 'Parked'] as const;

/** Every rule of ours: each event matches exactly one of them. */
export const RULES: readonly RuleId[] = [...ROUTES.map(({ id }) => id), 'Thin', 'Unrecognized'];

/** The rules that deliver to a domain. */
export function rulesOf(domain: DomainOrUnrecognized): readonly RuleId[] {
  if (domain === UNRECOGNIZED) return ['Unrecognized'];
  return ROUTES.filter((route) => route.domain === domain).map(({ id }) => id);
}

/** Events that a rule matched, whether or not they reached its queue. */
export function matched(stage: string, id: RuleId): MetricQuery {
  return matchedBy(busName(stage), ruleName(stage, id));
}

/** Who says that an event is on the bus. */
export interface WaysIn {
  readonly destinations: readonly string[];
  readonly authorizers: readonly string[];
  readonly partnerSources: readonly Partner[];
}

/** Events that any way in, or the resolver for a notification, said are on the bus. */
export function accepted(stage: string, { destinations, authorizers, partnerSources }: WaysIn): MetricQuery[] {
  return [
    ...PUBLISHED_BY_RESOLVER.map((name) => ours(name, resolverDimensions(stage))),
    ...destinations.map((name) => ours('Accepted', ingressDimensions(stage, name))),
    ...authorizers.map((name) => ours('Accepted', authorizerDimensions(stage, name))),
    ...partnerSources.map(({ name }) => ours('Accepted', partnerDimensions(stage, name))),
    ours('Accepted', reconcilerDimensions(stage)),
  ];
}

/** Events that Stripe put on its partner buses. */
export function partnerPublished(stage: string, partners: readonly Partner[]): MetricQuery[] {
  return partners.map(({ source }) => matchedBy(source, partnerRuleName(stage)));
}

/** Notifications that the resolver is done with. */
export function thinSettled(stage: string): MetricQuery[] {
  return SETTLED_BY_RESOLVER.map((name) => ours(name, resolverDimensions(stage)));
}

/** What the partner ingress is done with. */
export function partnerSettled(stage: string, partners: readonly Partner[]): MetricQuery[] {
  const outcomes = ['Accepted', 'Duplicate', 'Ignored'] as const;
  return [
    ...partners.flatMap(({ name }) => outcomes.map((outcome) => ours(outcome, partnerDimensions(stage, name)))),
    ours('Parked', partnerQueueDimensions(stage)),
  ];
}

/** Messages the domain's handler is done with. */
export function settled(stage: string, domain: DomainOrUnrecognized): MetricQuery[] {
  return SETTLED.filter((name) => name !== 'BusRefused' || domain === UNRECOGNIZED).map((name) =>
    ours(name, handlerDimensions(stage, domain)),
  );
}

/** Messages in the queue, those that a handler holds or that wait for their next try among them. */
export function waiting(stage: string, owner: QueueOwner): MetricQuery[] {
  const name = queueName(stage, owner);
  return [depth(name, 'ApproximateNumberOfMessagesVisible'), depth(name, 'ApproximateNumberOfMessagesNotVisible')];
}

export function deadLetters(stage: string, owner: QueueOwner): MetricQuery[] {
  return [depth(deadLetterQueueName(stage, owner), 'ApproximateNumberOfMessagesVisible')];
}

/** Seconds since the oldest message came into a queue of this name. */
export function oldestAge(name: string): MetricQuery {
  return depth(name, 'ApproximateAgeOfOldestMessage');
}

function matchedBy(EventBusName: string, RuleName: string): MetricQuery {
  return {
    namespace: 'AWS/Events',
    name: 'MatchedEvents',
    dimensions: { EventBusName, RuleName },
    statistic: 'Sum',
  };
}

function ours(name: string, dimensions: MetricQuery['dimensions']): MetricQuery {
  return { namespace: METRIC_NAMESPACE, name, dimensions, statistic: 'Sum' };
}

function depth(QueueName: string, name: string): MetricQuery {
  return { namespace: 'AWS/SQS', name, dimensions: { QueueName }, statistic: 'Maximum' };
}
