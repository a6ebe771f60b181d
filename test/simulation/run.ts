import { parseArgs } from 'node:util';
import { type Explored, explore, type Finding, replay, wander } from './explore.ts';
import type { Program } from './program.ts';
import { exhaustive, PLANTED, PROGRAMS, RANDOM } from './programs.ts';
import type { Bounds } from './simulation.ts';

const { values } = parseArgs({
  options: {
    /** Runs for each program and number of faults at most; a tenth of it at random. */
    budget: { type: 'string', default: '300000' },
    seed: { type: 'string', default: '1' },
    program: { type: 'string' },
    /** A schedule that a finding printed, to be run once again. */
    schedule: { type: 'string' },
    deliveries: { type: 'string', default: '2' },
  },
});
const budget = positive('budget', values.budget);
const seed = positive('seed', values.seed);
const programs = PROGRAMS.filter(({ name }) => values.program === undefined || name === values.program);
if (programs.length === 0) {
  throw new Error(
    `There is no program "${values.program}"; give one of ${PROGRAMS.map(({ name }) => name).join(', ')}.`,
  );
}

if (values.schedule === undefined) await simulate();
else for (const program of programs) await again(program, values.schedule.trim().split(/\s+/));

/** Explores every program, then shows that the planted bugs are found. */
async function simulate(): Promise<void> {
  const started = performance.now();
  const schedules = new Map<string, number>();
  let broken = 0;
  const note = (program: Program, bounds: Bounds, how: string, explored: Explored) => {
    // With more faults, the schedules with fewer come again.
    const key = `${program.name} ${bounds.deliveries}`;
    schedules.set(key, Math.max(schedules.get(key) ?? 0, explored.schedules));
    if (explored.finding !== undefined) broken += 1;
    print(
      `${program.name}, ${bounds.deliveries} deliveries, up to ${bounds.faults} faults: ${described(explored, how)}`,
    );
    if (explored.finding !== undefined) print(reproduction(program, bounds, explored.finding));
  };

  for (const program of programs) {
    for (let faults = 1; faults <= program.faults; faults += 1) {
      const bounds = exhaustive(faults);
      const explored = await explore(program, bounds, budget);
      note(program, bounds, explored.exhausted ? 'all of them' : 'cut short by the budget', explored);
    }
    note(program, RANDOM, `random, seed ${seed}`, await wander(program, RANDOM, Math.ceil(budget / 10), seed));
  }

  const found = await findPlanted();
  const seconds = ((performance.now() - started) / 1000).toFixed(0);
  const total = [...schedules.values()].reduce((sum, count) => sum + count, 0);
  print(
    `${shown(total)} schedules of ${programs.length} programs, ${broken} broke a law; ${found} of ${PLANTED.length} planted bugs found (${seconds} s)`,
  );
  if (broken > 0 || found < PLANTED.length) process.exitCode = 1;
}

/** @returns how many of the planted bugs broke a law */
async function findPlanted(): Promise<number> {
  let found = 0;
  for (const [bug, program] of PLANTED) {
    const { finding, runs } = await wander(program, RANDOM, Math.max(budget, 20_000), seed);
    if (finding !== undefined) found += 1;
    print(
      `planted in ${program.name}: ${bug.name}: ${finding ? `found in run ${shown(runs)}: ${finding.law}` : 'NOT FOUND'}`,
    );
  }
  return found;
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

function reproduction(program: Program, { deliveries }: Bounds, { law, schedule }: Finding): string {
  const command = `npm run simulate -- --program ${program.name} --deliveries ${deliveries} --schedule "${schedule.join(' ')}"`;
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
