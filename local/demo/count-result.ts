import { isDeepStrictEqual } from 'node:util';
import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { UNRECOGNIZED } from '#shared/catalogue/domains.ts';
import { longestPrefix } from '#shared/catalogue/longest-prefix.ts';
import type { SnapshotEvent } from '#shared/event/stripe-event.ts';
import { handlerName } from '#shared/naming/resource-names.ts';
import { objectKey } from '#shared/projection/object-key.ts';
import { sum } from '../sum.ts';
import type { DemoResult } from './demo-result.ts';
import type { DemoTraffic } from './demo-traffic.ts';
import { rowName } from './row-name.ts';
import type { Refusal } from './wrong-requests.ts';

/** What could be seen from outside once the demo was over. */
export interface Evidence {
  readonly stage: string;
  /** Ids of the events that the ledger says are on the bus. */
  readonly published: ReadonlySet<string>;
  /** How often the bus took each event, by its id. */
  readonly publications: ReadonlyMap<string, number>;
  /** How often it stayed unknown whether the bus took an event, by its id. */
  readonly unanswered: ReadonlyMap<string, number>;
  /** Function that reported each event as handled, by its id. */
  readonly handledBy: ReadonlyMap<string, string>;
  /** Rows of the objects table by {@link rowName}. */
  readonly rows: ReadonlyMap<string, Readonly<Record<string, AttributeValue>>>;
  readonly refusals: readonly Refusal[];
  readonly deadLetters: DemoResult['deadLetters'];
  readonly thin: DemoResult['thin'];
  /** Copies sent of `repeated` and `crowded`, beyond the first of each. */
  readonly duplicatesSent: number;
}

/** Counts what arrived. Each count looks at its own events, so that one too many never hides one too few. */
export function countResult(traffic: DemoTraffic, evidence: Evidence): Omit<DemoResult, 'elapsedMs'> {
  const { stage, published, publications, unanswered, handledBy, rows, refusals, deadLetters, thin } = evidence;
  const { catalogue, repeated, crowded, unheardOf, large, newer, older, tied, present } = traffic;

  const rowOf = (event: SnapshotEvent) => rows.get(rowName(objectKey(event)));
  const shown = (event: SnapshotEvent): unknown => JSON.parse(rowOf(event)?.data?.S ?? 'null');
  const isPublished = ({ id }: SnapshotEvent) => published.has(id);
  // By the right function: what a wrong rule took, or the bus refused, another one reports.
  const isHandled = ({ id, type }: SnapshotEvent) =>
    handledBy.get(id) === handlerName(stage, longestPrefix(type)?.domain ?? UNRECOGNIZED);
  const isProjected = (event: SnapshotEvent) => rowOf(event)?.recent?.L?.some(({ S }) => S === event.id) ?? false;
  const hasArrived = (event: SnapshotEvent) => isPublished(event) && isHandled(event);
  const againOf = (id: string) => Math.max(0, (publications.get(id) ?? 0) - 1);

  const missing = catalogue.filter((event) => !hasArrived(event) || !isProjected(event));
  const isLargeKept = hasArrived(large) && rowOf(large)?.dataAt !== undefined;
  const others = [
    ...[repeated, crowded, unheardOf, newer, older, ...tied].map(hasArrived),
    isLargeKept,
    deadLetters.handledAfter > 0,
  ];
  return {
    eventTypes: {
      sent: catalogue.length,
      published: catalogue.filter(isPublished).length,
      handled: catalogue.filter(isHandled).length,
      projected: catalogue.filter(isProjected).length,
      missing: missing.map(({ type }) => type),
    },
    thin,
    duplicates: {
      sent: evidence.duplicatesSent,
      publishedAgain: sum([repeated, crowded].map(({ id }) => againOf(id))),
      unanswered: sum([repeated, crowded].map(({ id }) => Math.min(againOf(id), unanswered.get(id) ?? 0))),
    },
    rejected: Object.fromEntries(
      Object.entries(Object.groupBy(refusals, ({ code }) => code)).map(([code, group]) => [code, group?.length ?? 0]),
    ),
    unrecognized: { sent: 1, handled: hasArrived(unheardOf) ? 1 : 0 },
    oversize: { sent: 1, handled: isLargeKept ? 1 : 0 },
    outOfOrder: { sent: 2, latestKept: isDeepStrictEqual(shown(newer), newer.data.object) },
    tied: { sent: tied.length, settled: isDeepStrictEqual(shown(tied[0]), present) },
    deadLetters,
    lost: missing.length + thin.missing.length + others.filter((arrived) => !arrived).length,
  };
}
