import { sum } from '../sum.ts';
import type { ChaosEvidence } from './chaos-evidence.ts';
import type { ChaosPlan } from './chaos-plan.ts';
import type { ChaosResult } from './chaos-result.ts';
import { publishedUncounted } from './judge-counting.ts';
import { judgeEvents } from './judge-events.ts';
import { judgeObjects } from './judge-objects.ts';
import { judgeTellings } from './judge-tellings.ts';

export interface Judgement {
  readonly result: Omit<ChaosResult, 'seed' | 'elapsedMs'>;
  /** Broken laws, in words; empty when all hold. */
  readonly broken: readonly string[];
}

/** More ids than these help nobody. */
const NAMED = 5;

/**
 * Compares what was sent with the ledger, the objects and what was handled. All that is expected follows from the plan;
 * no code of the pipeline is asked.
 */
export function judge(plan: ChaosPlan, evidence: ChaosEvidence): Judgement {
  const { sender, witness, stored, struck, deadLetters, junk, forgeries, forgeriesRefused } = evidence;
  const events = judgeEvents(plan, evidence);
  const wrongObjects = judgeObjects(plan, stored);
  const told = judgeTellings(plan, evidence);
  const lost = new Set([
    ...told.lost,
    ...events.notTaken,
    ...events.notBridged,
    ...events.notPublished,
    ...events.notHandled,
    ...events.notReacted,
  ]);
  const again = sum([...witness.published.values(), ...witness.notified.values()].map((times) => times - 1));
  const unknownOutcomes = sum(witness.unknown.values()) + sum([...sender.sent.values()].map(({ unknown }) => unknown));
  const forgedOnBus = plan.forged.filter(({ id }) => witness.published.has(id)).map(({ id }) => id);
  const idle = troubleIn(plan).filter((name) => !struck.has(name));

  const laws: readonly (readonly [readonly string[] | boolean, string])[] = [
    [events.notTaken, 'never answered 200'],
    [events.notBridged, 'not on the partner bus that Stripe sent them over'],
    [events.notPublished, 'not on the bus'],
    [events.notRecorded, 'without a "done" in the ledger, for no known reason'],
    [events.notHandled, 'not handled by the function of their domain'],
    [events.notReacted, 'whose reaction was not done'],
    [events.cameAnotherWay, 'published as if they had come another way'],
    [events.publishedForNoReason, 'published more often than outcomes were unknown'],
    [events.reactedForNoReason, 'reacted to more often than outcomes were unknown'],
    [told.lost, 'told by Stripe, and not resolved, published and handled'],
    [told.toldTwice, 'told under two ids, though thin and snapshot are twins'],
    [told.wrongObjects, 'told by Stripe, whose object is not as Stripe answered'],
    [evidence.told?.failed !== 0, `${evidence.told?.failed} deliveries of what Stripe told were given up`],
    [evidence.stripeNotMet > 0, `${evidence.stripeNotMet} failures of Stripe's API were met by nobody, or not in full`],
    [wrongObjects, 'objects not in their right last state'],
    [publishedUncounted(plan, evidence), 'published again, and not counted'],
    [forgedOnBus, 'forged, and on the bus'],
    [
      forgeriesRefused !== forgeries,
      `${forgeries - forgeriesRefused} of ${forgeries} forged deliveries were answered 200`,
    ],
    [deadLetters.events > 0, `${deadLetters.events} events are left among the dead letters`],
    [deadLetters.left < junk, `${deadLetters.left} dead letters are left; the ${junk} that are no events should be`],
    [stored.failures.filter((id) => !witness.notCleared.has(id)), 'still listed as failed'],
    [evidence.undrained > 0, `${evidence.undrained} messages are still in the queues`],
    [idle, 'kinds of trouble that never struck: a run without them proves nothing'],
  ];
  return {
    result: {
      schedule: plan.schedule,
      events: plan.events.length,
      partner: partnerEvents(plan),
      told: {
        thin: plan.tellings.filter(({ style }) => style === 'thin').length,
        twins: plan.tellings.filter(({ style }) => style === 'both').length,
        lost: told.lost.length,
      },
      deliveries: plan.sendings.length,
      answers: Object.fromEntries([...sender.answers].toSorted(([a], [b]) => (a < b ? -1 : 1))),
      trouble: { struck: Object.fromEntries(struck), killedInvocations: witness.killed, forgeriesRefused },
      published: { again, unknownOutcomes, counted: witness.countedInAll },
      handledAgain: sum([...witness.handledBy.values()].map((times) => times.length - 1)),
      deadLetters,
      objects: { expected: plan.histories.length, wrong: wrongObjects.length },
      lost: lost.size,
    },
    broken: [...laws.flatMap(([found, says]) => inWords(found, says)), ...evidence.complaints],
  };
}

/** Events on the partner bus, by how else and how often they were sent. */
function partnerEvents({ events, sendings }: ChaosPlan): ChaosResult['partner'] {
  const timesOf = Map.groupBy(
    sendings.filter(({ way }) => way === 'partner'),
    ({ index }) => index,
  );
  const sent = [...timesOf].map(([index, times]) => ({ ways: events[index]?.ways.length, times: times.length }));
  return {
    alone: sent.filter(({ ways }) => ways === 1).length,
    both: sent.filter(({ ways }) => ways === 2).length,
    again: sent.filter(({ times }) => times > 1).length,
  };
}

/**
 * Every kind of trouble that a plan has at least a few of: with so many, one of them must strike. What is aimed at the
 * resolving of a twin may not: where the snapshot comes first, nothing is resolved.
 */
function troubleIn({ events, tellings, moments }: ChaosPlan): readonly string[] {
  const counts = Map.groupBy(
    [...events, ...tellings.filter(({ style }) => style === 'thin')].flatMap(({ strikes }) => strikes),
    ({ name }) => name,
  );
  const enough = [...counts].filter(([, strikes]) => strikes.length >= 3).map(([name]) => name);
  return [...enough, ...new Set(moments.map(({ what }) => what).filter((what) => what !== 'telling'))];
}

function inWords(found: readonly string[] | boolean, says: string): readonly string[] {
  if (typeof found === 'boolean') return found ? [`${says}.`] : [];
  if (found.length === 0) return [];
  const named = found.slice(0, NAMED).join(', ');
  return [`${found.length} ${says}: ${named}${found.length > NAMED ? ', …' : ''}`];
}
