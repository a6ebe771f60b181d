import { once } from 'node:events';
import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { Worker } from 'node:worker_threads';
import { type Explored, type Finding, replay } from './explore.ts';
import type { Program } from './program.ts';
import { PROGRAMS, RANDOM } from './programs.ts';
import type { Bounds } from './simulation.ts';
import { type Played, type Task, tasksFor } from './task.ts';

const { values } = parseArgs({
  options: {
    /** Runs for each program and number of faults at most; without it every schedule is played. */
    budget: { type: 'string' },
    /** Random schedules of each program. */
    random: { type: 'string', default: '30000' },
    seed: { type: 'string', default: '1' },
    program: { type: 'string' },
    /** A schedule that a finding printed, to be run once again. */
    schedule: { type: 'string' },
    deliveries: { type: 'string', default: '2' },
  },
});
const budget = values.budget === undefined ? Number.POSITIVE_INFINITY : positive('budget', values.budget);
const random = positive('random', values.random);
const seed = positive('seed', values.seed);
const programs = PROGRAMS.filter(({ name }) => values.program === undefined || name === values.program);
if (programs.length === 0) {
  throw new Error(
    `There is no program "${values.program}"; give one of ${PROGRAMS.map(({ name }) => name).join(', ')}.`,
  );
}
const names = programs.map(({ name }) => name);

interface Tally {
  /** By program and number of deliveries. */
  readonly schedules: Map<string, number>;
  readonly cutShort: Set<string>;
  broken: number;
  planted: number;
  found: number;
}

/** What a run leaves behind is garbage at once: with room for many runs, little of it is ever looked at. */
const YOUNG_MB = 96;

if (values.schedule === undefined) await simulate();
else for (const program of programs) await again(program, values.schedule.trim().split(/\s+/));

/** Explores every program, and shows that the planted bugs are found: on all cores, as each task stands alone. */
async function simulate(): Promise<void> {
  const started = performance.now();
  const tally: Tally = { schedules: new Map(), broken: 0, cutShort: new Set(), planted: 0, found: 0 };
  const tasks = tasksFor(names, { budget, random, seed }).values();
  const work = async () => {
    for (const task of tasks) for (const played of await inWorker(task)) note(tally, task, played);
  };
  await Promise.all(Array.from({ length: availableParallelism() }, work));

  const seconds = ((performance.now() - started) / 1000).toFixed(0);
  const total = [...tally.schedules.values()].reduce((sum, count) => sum + count, 0);
  const left = tally.cutShort.size === 0 ? 'none was cut short' : `cut short: ${[...tally.cutShort].join(', ')}`;
  print(
    `${shown(total)} schedules of ${names.length} programs, ${left}, ${tally.broken} broke a law; ${tally.found} of ${tally.planted} planted bugs found (${seconds} s)`,
  );
  if (tally.broken > 0 || tally.found < tally.planted) process.exitCode = 1;
}

function note(tally: Tally, { how, program, bounds, seed }: Task, { bug, explored }: Played): void {
  const { finding, runs, exhausted, schedules } = explored;
  if (bug !== undefined) {
    tally.planted += 1;
    if (finding !== undefined) tally.found += 1;
    print(`planted in ${program}: ${bug}: ${finding ? `found in run ${shown(runs)}: ${finding.law}` : 'NOT FOUND'}`);
    return;
  }
  // With more faults, the schedules with fewer come again.
  const key = `${program} ${bounds.deliveries}`;
  tally.schedules.set(key, Math.max(tally.schedules.get(key) ?? 0, schedules));
  const extent = exhausted ? 'all of them' : 'cut short by the budget';
  if (how === 'in order' && !exhausted && finding === undefined)
    tally.cutShort.add(`${program} with ${bounds.faults} faults`);
  const said = described(explored, how === 'in order' ? extent : `random, seed ${seed}`);
  print(`${program}, ${bounds.deliveries} deliveries, up to ${bounds.faults} faults: ${said}`);
  if (finding === undefined) return;
  tally.broken += 1;
  print(reproduction(program, bounds, finding));
}

async function inWorker(task: Task): Promise<readonly Played[]> {
  const resourceLimits = { maxYoungGenerationSizeMb: YOUNG_MB };
  const worker = new Worker(new URL('./worker.ts', import.meta.url), { workerData: task, resourceLimits });
  const [played] = await once(worker, 'message');
  return played;
}

async function again(program: Program, schedule: readonly string[]): Promise<void> {
  const bounds = { ...RANDOM, deliveries: positive('deliveries', values.deliveries), faults: schedule.length };
  const law = await replay(program, bounds, schedule);
  print(`${program.name}: ${law ?? 'no law is broken'}`);
  if (law !== undefined) process.exitCode = 1;
}

function described({ schedules, states, runs }: Explored, how: string): string {
  const through = states > 0 ? ` through ${shown(states)} states` : '';
  return `${shown(schedules)} schedules${through} (${shown(runs)} runs), ${how}`;
}

function reproduction(program: string, { deliveries }: Bounds, { law, schedule }: Finding): string {
  const command = `npm run simulate -- --program ${program} --deliveries ${deliveries} --schedule "${schedule.join(' ')}"`;
  return `  BROKEN: ${law}\n  ${command}`;
}

function positive(name: string, text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1) throw new Error(`--${name} is "${text}"; give a whole number above 0.`);
  return value;
}

function shown(count: number): string {
  return count.toLocaleString('en-US');
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
