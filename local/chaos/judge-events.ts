import { UNRECOGNIZED } from '#shared/catalogue/domains.ts';
import { longestPrefix } from '#shared/catalogue/longest-prefix.ts';
import type { SnapshotEvent } from '#shared/event/stripe-event.ts';
import { handlerName, partnerIngressName } from '#shared/naming/resource-names.ts';
import type { ChaosEvidence } from './chaos-evidence.ts';
import type { ChaosPlan } from './chaos-plan.ts';
import type { Way } from './ways.ts';

/** Ids of the events for which something that is promised does not hold. */
export interface EventVerdict {
  readonly notTaken: readonly string[];
  /** Put on the partner bus, and never there. */
  readonly notBridged: readonly string[];
  readonly notPublished: readonly string[];
  /** Whose ledger row does not say `done`, though nothing kept the pipeline from writing it. */
  readonly notRecorded: readonly string[];
  /** By the function of its domain. */
  readonly notHandled: readonly string[];
  readonly notReacted: readonly string[];
  /** Published as if it had come by a way that Stripe did not send it. */
  readonly cameAnotherWay: readonly string[];
  /** Published more often than there were calls of unknown outcome; with both numbers. */
  readonly publishedForNoReason: readonly string[];
  /** Whose reaction did its work more often than its ledger row leaves room for; with both numbers. */
  readonly reactedForNoReason: readonly string[];
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
  const ended = ({ id }: SnapshotEvent, name: string) =>
    witness.cutShort.get(id)?.filter((one) => one === name).length ?? 0;
  const unknownOf = (event: SnapshotEvent) =>
    (witness.unknown.get(event.id) ?? 0) +
    (sender.sent.get(event.id)?.unknown ?? 0) +
    ended(event, partnerIngressName(stage));
  const statusOf = ({ id }: SnapshotEvent, row: string) => stored.ledger.get(id)?.get(row);
  const isRecorded = (event: SnapshotEvent) => {
    const status = statusOf(event, 'publish');
    return status === 'done' || (status === 'claimed' && unknownOf(event) > 0);
  };
  const handlerOf = (event: SnapshotEvent) =>
    handlerName(stage, refused.has(event) ? UNRECOGNIZED : (longestPrefix(event.type)?.domain ?? UNRECOGNIZED));
  const isHandled = (event: SnapshotEvent) => witness.handledBy.get(event.id)?.includes(handlerOf(event)) ?? false;
  const idsOf = (fails: (event: SnapshotEvent) => boolean, among = events) => among.filter(fails).map(({ id }) => id);
  const sentBy = (way: Way) => plan.events.flatMap(({ event, ways }) => (ways.includes(way) ? [event] : []));
  return {
    notTaken: idsOf(({ id }) => (sender.sent.get(id)?.taken ?? 0) === 0, sentBy('webhook')),
    notBridged: idsOf(({ id }) => !witness.bridged.has(id), sentBy('partner')),
    notPublished: idsOf(({ id }) => !witness.published.has(id)),
    notRecorded: idsOf((event) => !isRecorded(event)),
    notHandled: idsOf((event) => !isHandled(event)),
    notReacted: idsOf((event) => event.type === REACTS.type && statusOf(event, REACTS.stage) !== 'done'),
    cameAnotherWay: plan.events.flatMap(({ event: { id }, ways }) => {
      const wrong = witness.cameBy.get(id)?.filter((via) => !ways.some((way) => way === via)) ?? [];
      return wrong.map((via) => `${id} (${via})`);
    }),
    publishedForNoReason: events.flatMap((event) => {
      const times = witness.published.get(event.id) ?? 0;
      return times - 1 > unknownOf(event) ? [`${event.id} (${times} times, ${unknownOf(event)} unknown)`] : [];
    }),
    reactedForNoReason: events.flatMap((event) => {
      const times = witness.reacted.get(event.id) ?? 0;
      const open = (witness.reactionUnknown.get(event.id) ?? 0) + ended(event, handlerOf(event));
      return times - 1 > open ? [`${event.id} (${times} times, ${open} unknown)`] : [];
    }),
  };
}
