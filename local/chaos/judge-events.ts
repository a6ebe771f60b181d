import { UNRECOGNIZED } from '#shared/catalogue/domains.ts';
import { longestPrefix } from '#shared/catalogue/longest-prefix.ts';
import type { SnapshotEvent } from '#shared/event/stripe-event.ts';
import { handlerName } from '#shared/naming/resource-names.ts';
import type { ChaosEvidence } from './chaos-evidence.ts';
import type { ChaosPlan } from './chaos-plan.ts';

/** Ids of the events for which something that is promised does not hold. */
export interface EventVerdict {
  readonly notTaken: readonly string[];
  readonly notPublished: readonly string[];
  /** Whose ledger row does not say `done`, though nothing kept the pipeline from writing it. */
  readonly notRecorded: readonly string[];
  /** By the function of its domain. */
  readonly notHandled: readonly string[];
  readonly notReacted: readonly string[];
  /** Published more often than there were calls of unknown outcome; with both numbers. */
  readonly publishedForNoReason: readonly string[];
}

/** The one type to which the stage's own code reacts, and the ledger stage of that reaction. */
const REACTS = { type: 'invoice.payment_failed', stage: 'react#billing#invoice.payment_failed' } as const;

/** Follows each event that was sent from the answer to its reactions. */
export function judgeEvents(plan: ChaosPlan, evidence: ChaosEvidence): EventVerdict {
  const { stage, sender, witness, stored } = evidence;
  const events = plan.events.map(({ event }) => event);
  const refused = new Set(
    plan.histories.filter(({ last }) => last.is === 'not_kept').flatMap(({ events: own }) => own),
  );
  const unknownOf = ({ id }: SnapshotEvent) => (witness.unknown.get(id) ?? 0) + (sender.sent.get(id)?.unknown ?? 0);
  const statusOf = ({ id }: SnapshotEvent, row: string) => stored.ledger.get(id)?.get(row);
  const isRecorded = (event: SnapshotEvent) => {
    const status = statusOf(event, 'publish');
    return status === 'done' || (status === 'claimed' && unknownOf(event) > 0);
  };
  const isHandled = (event: SnapshotEvent) => {
    const domain = refused.has(event) ? UNRECOGNIZED : (longestPrefix(event.type)?.domain ?? UNRECOGNIZED);
    return witness.handledBy.get(event.id)?.includes(handlerName(stage, domain)) ?? false;
  };
  const thoseOf = (fails: (event: SnapshotEvent) => boolean) => events.filter(fails).map(({ id }) => id);
  return {
    notTaken: thoseOf(({ id }) => (sender.sent.get(id)?.taken ?? 0) === 0),
    notPublished: thoseOf(({ id }) => !witness.published.has(id)),
    notRecorded: thoseOf((event) => !isRecorded(event)),
    notHandled: thoseOf((event) => !isHandled(event)),
    notReacted: thoseOf((event) => event.type === REACTS.type && statusOf(event, REACTS.stage) !== 'done'),
    publishedForNoReason: events.flatMap((event) => {
      const times = witness.published.get(event.id) ?? 0;
      return times - 1 > unknownOf(event) ? [`${event.id} (${times} times, ${unknownOf(event)} unknown)`] : [];
    }),
  };
}
