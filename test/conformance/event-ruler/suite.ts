import { compilePattern, type EventTest } from '#shared/patterns/compile-pattern.ts';
import { InvalidPattern } from '#shared/patterns/invalid-pattern.ts';
import type { Suite, Verdict } from '../suite.ts';
import { libraries, officialAnswers } from './harness.ts';
import { type Pair, randomPairs, routingPairs } from './pairs.ts';
import { partsOf } from './parts.ts';

const SHOWN = 20;

/** @param chosen how many random pairs besides those of the routing table, and from which seed */
export function eventRuler(chosen: { readonly pairs: number; readonly seed: number }): Suite {
  return {
    name: 'event-ruler',
    judge: "AWS's own matcher 2.0.1, on our patterns and on random pairs of pattern and event",
    async run() {
      const { folder, missing } = libraries();
      if (missing !== undefined) return { outcome: 'skipped', summary: missing };
      return compare(folder, [...routingPairs(), ...randomPairs(chosen.pairs, chosen.seed)]);
    },
  };
}

interface Disagreement extends Pair {
  readonly official: string;
  readonly own: string;
}

/** Prints the first pairs on which the engines disagree. */
async function compare(folder: string, asked: readonly Pair[]): Promise<Verdict> {
  const counts = new Map<string, number>();
  const different: Disagreement[] = [];
  const answer = memoizedAnswer();
  let answered = 0;
  for await (const official of officialAnswers(folder, asked)) {
    const pair = asked[answered++];
    if (pair === undefined) throw new Error('the harness answered more lines than it was asked');
    const own = answer(pair);
    counts.set(kindOf(official), (counts.get(kindOf(official)) ?? 0) + 1);
    if (kindOf(own) !== kindOf(official)) different.push({ ...pair, official, own });
  }
  if (answered !== asked.length) throw new Error(`the harness answered ${answered} of ${asked.length} lines`);

  const disagreements = await withoutSelfContradictions(folder, different);
  for (const { pattern, event, official, own } of disagreements.slice(0, SHOWN)) {
    process.stdout.write(`${pattern}\n  ${event}\n  event-ruler: ${official}\n  ours:        ${own}\n`);
  }
  const leftOut = different.length - disagreements.length;
  const pairs = asked.length - leftOut;
  const answers = [...counts].map(([kind, count]) => `${kind} ${count}`).join(', ');
  return {
    outcome: disagreements.length === 0 ? 'agreed' : 'disagreed',
    summary: `${pairs} pairs, ${disagreements.length} disagreed (${answers}; ${leftOut} left out, on which event-ruler contradicts what it says of the alternatives one by one)`,
  };
}

/**
 * Event-ruler joins all alternatives of a rule into one state machine, where about one random pair in three
 * thousand loses or gains a match: `["5", {"numeric": ["<=", 9]}, {"anything-but": {"suffix": "5"}}]` does not match "5". A pair
 * counts as a disagreement unless the engine, asked about each alternative alone, gives our answer.
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
