import type { Verdict } from '../suite.ts';

interface Asked {
  readonly pairs: number;
  /** Pairs by the engine's answer. */
  readonly answers: ReadonlyMap<string, number>;
  readonly disagreed: number;
}

/** What comparing the two engines showed. */
export interface RulerCounts {
  /** Different patterns of the templates. */
  readonly patterns: number;
  readonly rules: Asked;
  readonly random: Asked;
  /** Random pairs on which the engine contradicts what it says of the alternatives one by one. */
  readonly leftOut: number;
}

/** Most of the random pairs that may be left out: decision 28. One in 3,100 is, and never more than one in 2,600. */
const MOST_LEFT_OUT = 1 / 1_000;
/** Pairs that share a pattern, and are left out together. */
const OF_ONE_PATTERN = 3;

/** Whether the engines agree: on every pair of our rules, and on all random pairs but a few. */
export function rulerVerdict({ patterns, rules, random, leftOut }: RulerCounts): Verdict {
  const most = Math.max(OF_ONE_PATTERN, Math.floor(random.pairs * MOST_LEFT_OUT));
  const disagreed = rules.disagreed + random.disagreed;
  const outcome = disagreed === 0 && leftOut <= most ? 'agreed' : 'disagreed';
  const said = [
    `${rules.pairs} pairs of the ${patterns} patterns of the templates, ${rules.disagreed} disagreed (${shown(rules.answers)})`,
    `${random.pairs} random pairs, ${random.disagreed} disagreed (${shown(random.answers)})`,
    `${leftOut} left out, on which event-ruler contradicts itself (at most ${most})`,
  ];
  return { outcome, summary: said.join('; ') };
}

function shown(answers: ReadonlyMap<string, number>): string {
  return [...answers].map(([kind, count]) => `${kind} ${count}`).join(', ');
}
