import { ingressName, partnerIngressName, resolverName } from '#shared/naming/resource-names.ts';
import { sum } from '../sum.ts';
import type { ChaosEvidence } from './chaos-evidence.ts';
import type { ChaosPlan } from './chaos-plan.ts';

/**
 * Follows each event that was published more than once, under its own id and as the notification of it, to the
 * invocations that had it in hand: their metrics must have counted that; of the calls that a client repeated each once,
 * however often.
 * @returns ids of those that were not counted, with the numbers
 */
export function publishedUncounted(
  { events, tellings }: ChaosPlan,
  { stage, witness }: Pick<ChaosEvidence, 'stage' | 'witness'>,
): readonly string[] {
  const publishers = [ingressName(stage), partnerIngressName(stage), resolverName(stage)];
  const { counted, countedRepeats, publishRepeated } = witness;
  // Whoever is ended between a repeat by its client and the count of it has told nobody.
  const untold = (id: string) => {
    const ended = witness.cutShort.get(id)?.filter((name) => publishers.includes(name)).length ?? 0;
    return Math.min(ended, publishRepeated.get(id) ?? 0);
  };
  const follow = (name: string, times: readonly (number | undefined)[], ids: readonly string[]) => {
    const again = sum(times.map((count = 1) => count - 1));
    const inAll = (counts: ReadonlyMap<string, number>) => sum(ids.map((id) => counts.get(id) ?? 0));
    const [told, repeated] = [inAll(counted), inAll(publishRepeated)];
    const isTold = told + sum(ids.map(untold)) > 0;
    const isCounted = again === 0 || (isTold && again <= told - inAll(countedRepeats) + repeated);
    return isCounted ? [] : [`${name} (${again} times again, ${told} counted, ${repeated} repeats by its client)`];
  };
  return [
    ...events.flatMap(({ event: { id } }) => follow(id, [witness.published.get(id)], [id])),
    ...tellings.flatMap(({ notification, toldAs }) => {
      const times = [witness.notified.get(notification), witness.published.get(toldAs)];
      return follow(toldAs, times, [notification, toldAs]);
    }),
  ];
}
