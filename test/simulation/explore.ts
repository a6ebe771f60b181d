import { intern } from './interning.ts';
import type { Program } from './program.ts';
import { type Bounds, Simulation } from './simulation.ts';

export interface Finding {
  readonly law: string;
  /** Run it again with {@link replay}. */
  readonly schedule: readonly string[];
}

export interface Explored {
  /** Different schedules, each from the first call to rest: paths through the states. */
  readonly schedules: number;
  readonly states: number;
  /** Executions that it took: one for each choice that led to a new state, or to one already explored. */
  readonly runs: number;
  readonly finding: Finding | undefined;
  /** Whether nothing within the bounds was left out. */
  readonly exhausted: boolean;
}

/** What is known of a state. */
interface Known {
  /** Schedules found below the choices taken so far. */
  schedules: number;
  /** The state after each of them, by the choice's name in every run that comes to this state. */
  readonly next: Map<number, number>;
}

interface Branch extends Known {
  readonly state: number;
  readonly choices: readonly string[];
  readonly names: readonly number[];
  taken: number;
}

/**
 * Explores every schedule within the bounds, depth first, until a law is broken. A state seen before is not explored
 * again: what can follow depends on the fingerprint alone, so its schedules are only counted again. That this is so is
 * a law as well: whoever comes to such a state takes one choice more, any of them, and must come to the same as before.
 */
export async function explore(program: Program, bounds: Bounds, maxRuns: number): Promise<Explored> {
  const below = new Map<number, Known>();
  const random = generator(1);
  const path: Branch[] = [];
  let runs = 0;
  const result = (finding?: Finding): Explored => ({
    schedules: (below.get(first)?.schedules ?? 0) + path.reduce((sum, { schedules }) => sum + schedules, 0),
    states: below.size,
    runs,
    finding,
    exhausted: finding === undefined && path.length === 0,
  });

  let first = -1;
  do {
    runs += 1;
    const run = await Simulation.begin(program, bounds);
    if (first < 0) first = stateOf(run);
    for (const { choices, taken } of path) await run.take(choices[taken] ?? '');
    const found = await descend(run, path, below, random);
    if (run.finding !== undefined) return result({ law: run.finding, schedule: run.schedule });
    ascend(path, below, found);
  } while (path.length > 0 && runs < maxRuns);
  return result();
}

/** Goes on to rest, or to a state that is known. @returns schedules from there */
async function descend(
  run: Simulation,
  path: Branch[],
  below: ReadonlyMap<number, Known>,
  random: () => number,
): Promise<number> {
  while (run.finding === undefined) {
    const state = stateOf(run);
    note(path.at(-1), state);
    const known = below.get(state);
    if (known !== undefined) {
      await goOnAlike(run, known, random);
      return known.schedules;
    }
    const choices = run.choices();
    path.push({ state, choices, names: namesOf(run, choices), next: new Map(), taken: 0, schedules: 0 });
    if (choices.length === 0) {
      await run.heal();
      return 1;
    }
    await run.take(choices[0] ?? '');
  }
  return 0;
}

/** Keeps to which state a branch's choice has led. */
function note(branch: Branch | undefined, state: number): void {
  const name = branch?.names[branch.taken];
  if (name !== undefined) branch?.next.set(name, state);
}

/** Takes a step from a state that is known, and reports where that is not the step that is known. */
async function goOnAlike(run: Simulation, { next }: Known, random: () => number): Promise<void> {
  const choices = run.choices();
  const names = namesOf(run, choices);
  if (names.length !== next.size || !names.every((name) => next.has(name)))
    return run.report(
      'two states have one fingerprint, which no replay shows: from one of them, something else can happen',
    );
  const index = Math.floor(random() * choices.length);
  const [choice, name] = [choices[index], names[index]];
  if (choice === undefined || name === undefined) return;
  await run.take(choice);
  if (stateOf(run) !== next.get(name))
    run.report('two states have one fingerprint, which no replay shows: what follows from them differs');
}

const stateOf = (run: Simulation) => intern(run.fingerprint());
const namesOf = (run: Simulation, choices: readonly string[]) => choices.map((choice) => intern(run.nameOf(choice)));

/** Moves to the next choice that was not taken yet. */
function ascend(path: Branch[], below: Map<number, Known>, found: number): void {
  let schedules = found;
  for (let last = path.at(-1); last !== undefined; last = path.at(-1)) {
    last.schedules += schedules;
    last.taken += 1;
    if (last.taken < last.choices.length) return;
    below.set(last.state, { schedules: last.schedules, next: last.next });
    schedules = last.schedules;
    path.pop();
  }
}

/** Random schedules, the same for the same seed. */
export async function wander(program: Program, bounds: Bounds, maxRuns: number, seed: number): Promise<Explored> {
  const random = generator(seed);
  const schedules = new Set<string>();
  for (let runs = 1; runs <= maxRuns; runs += 1) {
    const run = await Simulation.begin(program, bounds);
    for (let choices = run.choices(); choices.length > 0 && run.finding === undefined; choices = run.choices()) {
      await run.take(pick(choices, random));
    }
    if (run.finding === undefined) await run.heal();
    schedules.add(run.schedule.join(' '));
    if (run.finding !== undefined) {
      const finding = { law: run.finding, schedule: run.schedule };
      return { schedules: schedules.size, states: 0, runs, finding, exhausted: false };
    }
  }
  return { schedules: schedules.size, states: 0, runs: maxRuns, finding: undefined, exhausted: false };
}

/** One of the choices: one fault in six, or most schedules would spend theirs on the first calls. */
export function pick(choices: readonly string[], random: () => number): string {
  const faultless = choices.filter((choice) => /:ok$|^land:|^wait$/.test(choice));
  const among = random() < 1 / 6 || faultless.length === 0 ? choices : faultless;
  return among[Math.floor(random() * among.length)] ?? '';
}

/** Runs one schedule again. @returns the law it breaks */
export async function replay(
  program: Program,
  bounds: Bounds,
  schedule: readonly string[],
): Promise<string | undefined> {
  const run = await Simulation.begin(program, bounds);
  for (const choice of schedule) {
    if (run.finding === undefined) await run.take(choice);
  }
  if (run.finding === undefined) await run.heal();
  return run.finding;
}

/** Mulberry32. @returns numbers from 0 up to 1 */
export function generator(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
