import { describe, expect, it, vi } from 'vitest';
import { explore, replay, wander } from '../../simulation/explore.ts';
import { LEDGER_BUGS } from '../../simulation/planted-bugs.ts';
import { ingress } from '../../simulation/programs/ingress.ts';
import { exhaustive, PLANTED, PROGRAMS, RANDOM } from '../../simulation/programs.ts';
import { Simulation } from '../../simulation/simulation.ts';

describe('crash simulation', () => {
  it('finds no broken law in any schedule of two deliveries with one fault', { timeout: 120_000 }, async () => {
    const explored = await explore(ingress(), exhaustive(1), 20_000);

    expect(explored).toMatchObject({ finding: undefined, exhausted: true });
    expect(explored.schedules).toBeGreaterThan(1_000_000);
  });

  it.each(PROGRAMS.map((program) => [program.name, program] as const))(
    'finds no broken law in random schedules of three deliveries to %s',
    { timeout: 120_000 },
    async (_, program) => {
      expect(await wander(program, RANDOM, 300, 7)).toMatchObject({ runs: 300, finding: undefined });
    },
  );

  it.each(PLANTED.map(([bug, program]) => [bug.name, program.name, program] as const))(
    'finds the planted bug "%s" in %s',
    { timeout: 120_000 },
    async (_, __, program) => {
      const { finding } = await wander(program, RANDOM, 5_000, 5);

      expect(finding?.law).toBeTypeOf('string');
    },
  );

  it('finds a planted bug by exploring in order too', async () => {
    const [sabotage] = LEDGER_BUGS;

    const { finding } = await explore(ingress({ ...(sabotage && { sabotage }) }), exhaustive(1), 1_000);

    expect(finding?.law).toBe('B1 was answered 200 before the bus had the event');
  });

  it('counts, state by state, exactly the schedules that running each of them counts', async () => {
    const bounds = { deliveries: 2, attempts: 1, faults: 1 };
    const byState = await explore(ingress(), bounds, 20_000);
    let states = 0;
    vi.spyOn(Simulation.prototype, 'fingerprint').mockImplementation(() => String(states++));

    const oneByOne = await explore(ingress(), bounds, 20_000);

    vi.restoreAllMocks();
    expect(oneByOne.exhausted).toBe(true);
    expect(byState.schedules).toBe(oneByOne.runs);
    expect(byState.runs).toBeLessThan(oneByOne.runs / 5);
  });

  it('reproduces a broken law from the schedule that it prints', async () => {
    const sabotage = LEDGER_BUGS[2];
    const program = ingress({ ...(sabotage && { sabotage }) });
    const { finding } = await wander(program, RANDOM, 1_000, 3);

    expect(finding).toBeDefined();
    expect(await replay(program, RANDOM, finding?.schedule ?? [])).toBe(finding?.law);
    expect(await replay(ingress(), RANDOM, ['A1.secret:ok'])).toBeUndefined();
  });

  it('walks the same random schedules for the same seed', async () => {
    const program = ingress({ sabotage: LEDGER_BUGS[1] ?? {} });

    expect(await wander(program, RANDOM, 500, 1)).toEqual(await wander(program, RANDOM, 500, 1));
  });
});
