import { compilePattern, type EventTest } from '#shared/patterns/compile-pattern.ts';
import { InvalidPattern } from '#shared/patterns/invalid-pattern.ts';
import type { Suite } from '../suite.ts';
import { libraries, officialAnswers } from './harness.ts';
import { type Pair, randomPairs, rulePairs } from './pairs.ts';
import { partsOf } from './parts.ts';
import { synthesizedPatterns } from './rule-patterns.ts';
import { rulerVerdict } from './ruler-verdict.ts';

const SHOWN = 20;

/** @param chosen how many random pairs besides those of the synthesized rules, and from which seed */
export function eventRuler(chosen: { readonly pairs: number; readonly seed: number }): Suite {
  return {
    name: 'event-ruler',
    judge: "AWS's own matcher 2.0.1, on every pattern of the templates and on random pairs of pattern and event",
    async run() {
      const { folder, missing } = libraries();
      if (missing !== undefined) return { outcome: 'skipped', summary: missing };
      const patterns = synthesizedPatterns();
      const rules = await compare(folder, [...rulePairs(patterns)], 'refuses nothing');
      const random = await compare(folder, [...randomPairs(chosen.pairs, chosen.seed)]);
      const disagreements = await withoutSelfContradictions(folder, random.different);
      for (const { pattern, event, official, own } of [...rules.different, ...disagreements].slice(0, SHOWN)) {
        process.stdout.write(`${pattern}\n  ${event}\n  event-ruler: ${official}\n  ours:        ${own}\n`);
      }
      return rulerVerdict({
        patterns: patterns.length,
        rules: { ...rules, disagreed: rules.different.length },
        random: { ...random, disagreed: disagreements.length },
        leftOut: random.different.length - disagreements.length,
      });
    },
  };
}

interface Disagreement extends Pair {
  readonly official: string;
  readonly own: string;
}

interface Compared {
  readonly pairs: number;
  /** Pairs by the engine's answer. */
  readonly answers: ReadonlyMap<string, number>;
  readonly different: readonly Disagreement[];
}

/** @param promise that the engine takes every pattern: that both refuse one is no agreement then */
async function compare(folder: string, asked: readonly Pair[], promise?: 'refuses nothing'): Promise<Compared> {
  const answers = new Map<string, number>();
  const different: Disagreement[] = [];
  const answer = memoizedAnswer();
  let answered = 0;
  for await (const official of officialAnswers(folder, asked)) {
    const pair = asked[answered++];
    if (pair === undefined) throw new Error('the harness answered more lines than it was asked');
    const own = answer(pair);
    const kind = kindOf(official);
    answers.set(kind, (answers.get(kind) ?? 0) + 1);
    if (kindOf(own) !== kind || (kind === 'refused' && promise !== undefined))
      different.push({ ...pair, official, own });
  }
  if (answered !== asked.length) throw new Error(`the harness answered ${answered} of ${asked.length} lines`);
  return { pairs: asked.length, answers, different };
}

/**
 * Without the pairs on which the engine, asked about each alternative alone, gives our answer: decision 28 says why
 * they are nobody's fault here, and {@link rulerVerdict} how many there may be.
 */
async function withoutSelfContradictions(
  folder: string,
  different: readonly Disagreement[],
): Promise<readonly Disagreement[]> {
  const parts = different.map(({ pattern, event, own }) =>
    kindOf(own) === 'refused' ? [] : partsOf(JSON.parse(pattern)).map((part) => ({ pattern: part, event })),
  );
  const answers: string[] = [];
  for await (const answer of officialAnswers(folder, parts.flat())) answers.push(answer);
  return different.filter(({ own }, index) => {
    const mine = answers.splice(0, parts[index]?.length ?? 0);
    return mine.length === 0 || own !== (mine.includes('match') ? 'match' : 'no match');
  });
}

function kindOf(answer: string): string {
  return answer.startsWith('refused') ? 'refused' : answer;
}

/** Our engine's answer in the harness's words; the pattern of the pair before is kept, as pairs share it in runs. */
function memoizedAnswer(): (pair: Pair) => string {
  let known: { readonly pattern: string; readonly test: EventTest | string } | undefined;
  return ({ pattern, event }) => {
    if (known?.pattern !== pattern) known = { pattern, test: compiled(pattern) };
    if (typeof known.test === 'string') return known.test;
    return known.test(JSON.parse(event)) ? 'match' : 'no match';
  };
}

function compiled(pattern: string): EventTest | string {
  try {
    return compilePattern(JSON.parse(pattern));
  } catch (thrown) {
    if (thrown instanceof InvalidPattern) return `refused ${thrown.message}`;
    throw thrown;
  }
}
