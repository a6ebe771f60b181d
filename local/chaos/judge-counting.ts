import { ingressName, partnerIngressName, resolverName } from '#shared/naming/resource-names.ts';
import type { ChaosEvidence } from './chaos-evidence.ts';
import type { ChaosPlan } from './chaos-plan.ts';

/**
 * Follows each event that was published more than once, under its own id and as the notification of it, to the
 * invocations that had it in hand: their metrics must have counted that, once for each call, however often the client
 * repeated it.
 * @returns ids of those that were not counted, with the numbers
 */
export function publishedUncounted(
  { events, tellings }: ChaosPlan,
  { stage, witness }: Pick<ChaosEvidence, 'stage' | 'witness'>,
): readonly string[] {
  const publishers = [ingressName(stage), partnerIngressName(stage), resolverName(stage)];
  const { counted: counts, publishRepeated } = witness;
  // Whoever is ended between a repeat by its client and the count of it has told nobody.
  const untold = (id: string) => {
    const ended = witness.cutShort.get(id)?.filter((name) => publishers.includes(name)).length ?? 0;
    return Math.min(ended, publishRepeated.get(id) ?? 0);
  };
  const follow = (name: string, times: readonly (number | undefined)[], ids: ReadonlySet<string>) => {
    const again = sum(times.map((count = 1) => count - 1));
    const counted = sum([...ids].map((id) => counts.get(id) ?? 0));
    const repeated = sum([...ids].map((id) => publishRepeated.get(id) ?? 0));
    const calls = counted + sum([...ids].map(untold));
    const isCounted = again === 0 || (calls > 0 && again <= calls + repeated);
    return isCounted ? [] : [`${name} (${again} times again, ${counted} counted, ${repeated} repeats by its client)`];
  };
  return [
    ...events.flatMap(({ event: { id } }) => follow(id, [witness.published.get(id)], new Set([id]))),
    ...tellings.flatMap(({ notification, toldAs }) => {
      const times = [witness.notified.get(notification), witness.published.get(toldAs)];
      return follow(toldAs, times, new Set([notification, toldAs]));
    }),
  ];
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
