import { once } from 'node:events';
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { runTrial, type Verdict } from '#local/terminal/run-trial.ts';
import { UsageError } from '#local/terminal/usage-error.ts';
import { type Finding, replay } from './explore.ts';
import { NoSuchChoice } from './no-such-choice.ts';
import { PROGRAMS, RANDOM } from './programs.ts';
import { SIMULATE_USAGE, type SimulateArguments, simulateArguments } from './simulate-arguments.ts';
import type { Bounds } from './simulation.ts';
import { Tally } from './tally.ts';
import { type Played, type Task, tasksFor } from './task.ts';

/** What a run leaves behind is garbage at once: with room for many runs, little of it is ever looked at. */
const YOUNG_MB = 96;

const code = await runTrial({ usage: SIMULATE_USAGE, read: simulateArguments, run: simulate }, process.argv.slice(2));
// Where one worker failed, the others must not go on for minutes.
process.exit(code);

/** Explores every program, and shows that the planted bugs are found: on all cores, as each task stands alone. */
async function simulate({ program, budget, random, seed, again }: SimulateArguments): Promise<Verdict> {
  if (again !== undefined) return replayed(program, again);
  const started = performance.now();
  const names = program === undefined ? PROGRAMS.map(({ name }) => name) : [program];
  const tally = new Tally();
  const tasks = tasksFor(names, { budget, random, seed }).values();
  const work = async () => {
    for (const task of tasks) {
      for (const played of await inWorker(task)) {
        tally.count(task, played);
        print(described(task, played));
      }
    }
  };
  await Promise.all(Array.from({ length: availableParallelism() }, work));
  return { kept: tally.kept, text: tally.summary(names.length, (performance.now() - started) / 1000) };
}

async function inWorker(task: Task): Promise<readonly Played[]> {
  const resourceLimits = { maxYoungGenerationSizeMb: YOUNG_MB };
  const worker = new Worker(new URL('./worker.ts', import.meta.url), { workerData: task, resourceLimits });
  const [played] = await once(worker, 'message');
  return played;
}

async function replayed(name: string | undefined, again: NonNullable<SimulateArguments['again']>): Promise<Verdict> {
  const program = PROGRAMS.find((one) => one.name === name);
  if (program === undefined) throw new Error(`There is no program "${name}".`);
  const { schedule, deliveries } = again;
  const law = await replay(program, { ...RANDOM, deliveries, faults: schedule.length }, schedule).catch((thrown) => {
    if (!(thrown instanceof NoSuchChoice)) throw thrown;
    const expected = `what a finding of ${program.name} with ${deliveries} deliveries printed was expected.`;
    throw new UsageError(`--schedule cannot be played (${thrown.message}); ${expected}`, { cause: thrown });
  });
  const text = `Simulation: ${law === undefined ? '' : 'FAILED: '}${program.name}: ${law ?? 'no law is broken'}`;
  return { kept: law === undefined, text };
}

function described({ how, program, bounds, seed }: Task, { bug, explored }: Played): string {
  const { finding, runs, exhausted, schedules, states } = explored;
  if (bug !== undefined)
    return `planted in ${program}: ${bug}: ${finding ? `found in run ${shown(runs)}: ${finding.law}` : 'NOT FOUND'}`;
  const extent = exhausted ? 'all of them' : 'cut short by the budget';
  const which = how === 'in order' ? extent : `random, seed ${seed}`;
  const through = states > 0 ? ` through ${shown(states)} states` : '';
  const said = `${shown(schedules)} schedules${through} (${shown(runs)} runs), ${which}`;
  const line = `${program}, ${bounds.deliveries} deliveries, up to ${bounds.faults} faults: ${said}`;
  return finding === undefined ? line : `${line}\n${reproduction(program, bounds, finding)}`;
}

function reproduction(program: string, { deliveries }: Bounds, { law, schedule }: Finding): string {
  const command = `npm run simulate -- --program ${program} --deliveries ${deliveries} --schedule "${schedule.join(' ')}"`;
  return `  BROKEN: ${law}\n  ${command}`;
}

function shown(count: number): string {
  return count.toLocaleString('en-US');
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
