import { type DomainOrUnrecognized, UNRECOGNIZED } from '#shared/catalogue/domains.ts';
import { ROUTES } from '#shared/catalogue/routes.ts';
import {
  busName,
  deadLetterQueueName,
  type QueueOwner,
  queueName,
  type RuleId,
  ruleName,
} from '#shared/naming/resource-names.ts';
import type { MetricQuery } from '#shared/ports/metric-reader.ts';
import { handlerDimensions, ingressDimensions, METRIC_NAMESPACE } from '#shared/telemetry/metric-dimensions.ts';

/** What a handler counts once for each message that it is done with; a try that failed comes back, and is not. */
const SETTLED = ['Handled', 'Skipped', 'Parked', 'BusRefused'] as const;

/** Events that matched a rule of the domain, whether or not they reached its queue. */
export function published(stage: string, domain: DomainOrUnrecognized): MetricQuery[] {
  const rules: readonly RuleId[] =
    domain === UNRECOGNIZED ? ['Unrecognized'] : ROUTES.filter((route) => route.domain === domain).map(({ id }) => id);
  return rules.map((id) => matched(stage, id));
}

/** Events that matched any rule of ours: each matches exactly one. */
export function publishedAnywhere(stage: string): MetricQuery[] {
  const rules: readonly RuleId[] = [...ROUTES.map(({ id }) => id), 'Thin', 'Unrecognized'];
  return rules.map((id) => matched(stage, id));
}

/** Events that the ingress said are on the bus. */
export function accepted(stage: string, destinations: readonly string[]): MetricQuery[] {
  return destinations.map((destination) => ours('Accepted', ingressDimensions(stage, destination)));
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

function matched(stage: string, id: RuleId): MetricQuery {
  const dimensions = { EventBusName: busName(stage), RuleName: ruleName(stage, id) };
  return { namespace: 'AWS/Events', name: 'MatchedEvents', dimensions, statistic: 'Sum' };
}

function ours(name: string, dimensions: MetricQuery['dimensions']): MetricQuery {
  return { namespace: METRIC_NAMESPACE, name, dimensions, statistic: 'Sum' };
}

function depth(QueueName: string, name: string): MetricQuery {
  return { namespace: 'AWS/SQS', name, dimensions: { QueueName }, statistic: 'Maximum' };
}
