import { parseArgs } from 'node:util';
import { compilePattern, type EventTest } from '#shared/patterns/compile-pattern.ts';
import { InvalidPattern } from '#shared/patterns/invalid-pattern.ts';
import { officialAnswers, unavailable } from './harness.ts';
import { type Pair, randomPairs, routingPairs } from './pairs.ts';
import { partsOf } from './parts.ts';

const SHOWN = 20;

const { values } = parseArgs({
  options: { pairs: { type: 'string', default: '24000' }, seed: { type: 'string', default: '20261123' } },
});
const started = performance.now();
const reason = unavailable();
if (reason === undefined) await compare([...routingPairs(), ...randomPairs(Number(values.pairs), Number(values.seed))]);
else skip(reason);

interface Disagreement extends Pair {
  readonly official: string;
  readonly own: string;
}

/** Prints how both engines answered and sets the exit code: 1 when they disagree on any pair. */
async function compare(asked: readonly Pair[]): Promise<void> {
  const counts = new Map<string, number>();
  const different: Disagreement[] = [];
  const answer = memoizedAnswer();
  let answered = 0;
  for await (const official of officialAnswers(asked)) {
    const pair = asked[answered++];
    if (pair === undefined) throw new Error('the harness answered more lines than it was asked');
    const own = answer(pair);
    counts.set(kindOf(official), (counts.get(kindOf(official)) ?? 0) + 1);
    if (kindOf(own) !== kindOf(official)) different.push({ ...pair, official, own });
  }
  if (answered !== asked.length) throw new Error(`the harness answered ${answered} of ${asked.length} lines`);

  const disagreements = await withoutSelfContradictions(different);
  for (const { pattern, event, official, own } of disagreements.slice(0, SHOWN)) {
    print(`${pattern}\n  ${event}\n  event-ruler: ${official}\n  ours:        ${own}`);
  }
  const leftOut = different.length - disagreements.length;
  const pairs = asked.length - leftOut;
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  print(
    `event-ruler 2.0.1 answered ${[...counts].map(([kind, count]) => `${kind} ${count}`).join(', ')} (${seconds} s)`,
  );
  print(`${leftOut} left out: event-ruler contradicts what it answers on the pattern's alternatives one by one`);
  print(`${pairs} pairs, ${pairs - disagreements.length} agreed, ${disagreements.length} disagreed`);
  if (disagreements.length > 0) process.exitCode = 1;
}

/**
 * Event-ruler joins all alternatives of a rule into one state machine, where about one random pair in three
 * thousand loses or gains a match: `["5", {"numeric": ["<=", 9]}, {"anything-but": {"suffix": "5"}}]` does not match "5". A pair
 * counts as a disagreement unless the engine, asked about each alternative alone, gives our answer.
 */
async function withoutSelfContradictions(different: readonly Disagreement[]): Promise<readonly Disagreement[]> {
  const parts = different.map(({ pattern, event, own }) =>
    kindOf(own) === 'refused' ? [] : partsOf(JSON.parse(pattern)).map((part) => ({ pattern: part, event })),
  );
  const answers: string[] = [];
  for await (const answer of officialAnswers(parts.flat())) answers.push(answer);
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

function skip(why: string): void {
  print(`skipped: ${why}`);
  // In CI a skipped comparison is a failed one: nobody reads the line.
  if (process.env.CI === 'true') process.exitCode = 1;
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
