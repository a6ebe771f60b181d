import { type Explored, explore, wander } from './explore.ts';
import { exhaustive, PLANTED, PROGRAMS, RANDOM } from './programs.ts';
import type { Bounds } from './simulation.ts';

/** A part of the work that needs no other: small enough to be sent to a worker. */
export interface Task {
  readonly how: 'in order' | 'at random' | 'planted';
  readonly program: string;
  readonly bounds: Bounds;
  /** At most. */
  readonly runs: number;
  readonly seed: number;
}

/** What came of a task; of planted bugs, one for each. */
export interface Played {
  readonly explored: Explored;
  /** Name of the planted bug. */
  readonly bug?: string;
}

/** All tasks, those that take longest first, so that no worker is left alone with one of them at the end. */
export function tasksFor(
  names: readonly string[],
  { budget, random, seed }: { readonly budget: number; readonly random: number; readonly seed: number },
): readonly Task[] {
  const programs = PROGRAMS.filter(({ name }) => names.includes(name));
  const inOrder = programs.flatMap(({ name: program, faults }) =>
    Array.from({ length: faults }, (_, fewer): Task => {
      return { how: 'in order', program, bounds: exhaustive(fewer + 1), runs: budget, seed };
    }),
  );
  const atRandom = programs.map(({ name: program }): Task => {
    return { how: 'at random', program, bounds: RANDOM, runs: random, seed };
  });
  const sabotaged = new Set(PLANTED.map(([, { name }]) => name));
  const planted = names
    .filter((name) => sabotaged.has(name))
    .map((program): Task => {
      return { how: 'planted', program, bounds: RANDOM, runs: PLANTED_RUNS, seed };
    });
  return [...inOrder.toSorted((a, b) => b.bounds.faults - a.bounds.faults), ...planted, ...atRandom];
}

/** Random schedules until a planted bug is given up as not found. */
const PLANTED_RUNS = 20_000;

export async function perform({ how, program: name, bounds, runs, seed }: Task): Promise<readonly Played[]> {
  if (how === 'planted') {
    const played: Played[] = [];
    for (const [bug, sabotaged] of PLANTED) {
      if (sabotaged.name !== name) continue;
      played.push({ bug: bug.name, explored: await wander(sabotaged, bounds, runs, seed) });
    }
    return played;
  }
  const program = PROGRAMS.find((one) => one.name === name);
  if (program === undefined) throw new Error(`There is no program "${name}".`);
  const explored = how === 'in order' ? explore(program, bounds, runs) : wander(program, bounds, runs, seed);
  return [{ explored: await explored }];
}
