import { describe, expect, it } from 'vitest';
import type { Explored } from '../../simulation/explore.ts';
import { Tally } from '../../simulation/tally.ts';
import type { Task } from '../../simulation/task.ts';

const task: Task = {
  how: 'in order',
  program: 'ingress',
  bounds: { deliveries: 2, attempts: 2, faults: 1 },
  runs: 9,
  seed: 1,
};
const explored: Explored = { schedules: 1_000, states: 10, runs: 9, finding: undefined, exhausted: true };
const finding = { law: 'B1 was answered 200 before the bus had the event', schedule: ['wait'] };

describe('the tally of a simulation', () => {
  it('counts schedules once, though those with fewer faults come again with more', () => {
    const tally = new Tally();

    tally.count(task, { explored: { ...explored, schedules: 10 } });
    tally.count({ ...task, bounds: { ...task.bounds, faults: 2 } }, { explored });
    tally.count({ ...task, how: 'planted' }, { bug: 'a bug', explored: { ...explored, finding } });

    expect(tally.kept).toBe(true);
    expect(tally.summary(1, 2)).toBe(
      'Simulation: 1,000 schedules of 1 programs, none was cut short, 0 broke a law; 1 of 1 planted bugs found (2 s)',
    );
  });

  it('says what the budget cut short, and holds it against nobody', () => {
    const tally = new Tally();

    tally.count(task, { explored: { ...explored, exhausted: false } });

    expect(tally.kept).toBe(true);
    expect(tally.summary(1, 0)).toContain('cut short: ingress with 1 faults');
  });

  it.each([
    ['a law is broken', { explored: { ...explored, finding } }, '1 broke a law'],
    ['a planted bug is not found', { bug: 'a bug', explored }, '0 of 1 planted bugs found'],
  ])('is FAILED in its last line where %s', (_, played, said) => {
    const tally = new Tally();

    tally.count(task, played);

    expect(tally.kept).toBe(false);
    expect(tally.summary(1, 0)).toMatch(/^Simulation: FAILED: /);
    expect(tally.summary(1, 0)).toContain(said);
  });
});
