import type { Random } from '#shared/random/seeded-random.ts';
import type { Strike } from './strikes.ts';

/**
 * Deals out kinds of strikes in turn, so that none is left to chance: each to a target at random of those that it can
 * be aimed at and that have none yet. Victims take turns too: the first few strikes are for as many of them.
 * @param strikesOn what can be aimed at a target
 * @param count strikes to deal; fewer are dealt where a kind has no target left
 */
export function deal<Target>(
  targets: readonly Target[],
  strikesOn: (target: Target) => readonly Strike[],
  count: number,
  random: Random,
): ReadonlyMap<Target, Strike> {
  const shuffled = pickSome(targets, targets.length, random);
  // Each kind goes through the targets once: what it has passed by was not for it, or has a strike.
  const kinds = kindsInTurn(targets, strikesOn, random).map((name) => ({ name, ahead: shuffled.values() }));
  const dealt = new Map<Target, Strike>();
  for (let turn = 0; turn < count; turn += 1) {
    const kind = kinds[turn % kinds.length];
    for (const target of kind?.ahead ?? []) {
      const strike = dealt.has(target) ? undefined : strikesOn(target).find(({ name }) => name === kind?.name);
      if (strike === undefined) continue;
      dealt.set(target, strike);
      break;
    }
  }
  return dealt;
}

/** Some of a list, at random and in a random order; all of it where it is not longer. */
export function pickSome<T>(list: readonly T[], count: number, random: Random): readonly T[] {
  const drawn = list.map((item) => ({ item, lot: random.below(2 ** 32) })).toSorted((a, b) => a.lot - b.lot);
  return drawn.slice(0, count).map(({ item }) => item);
}

/** Names of kinds, those of one victim after one of each other's. */
function kindsInTurn<Target>(
  targets: readonly Target[],
  strikesOn: (target: Target) => readonly Strike[],
  random: Random,
): readonly string[] {
  const victimOf = new Map<string, Strike['victim']>();
  for (const target of targets) for (const { name, victim } of strikesOn(target)) victimOf.set(name, victim);
  const byVictim = [...Map.groupBy(victimOf.keys(), (name) => victimOf.get(name)).values()];
  const shuffled = byVictim.map((names) => pickSome(names, names.length, random));
  const most = Math.max(0, ...shuffled.map(({ length }) => length));
  return Array.from({ length: most }, (_, turn) => shuffled.flatMap((names) => names.slice(turn, turn + 1))).flat();
}
