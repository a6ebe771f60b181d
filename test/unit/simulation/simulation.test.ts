import { describe, expect, it, vi } from 'vitest';
import type { HandlerPorts } from '#functions/handlers/ports.ts';
import type { ObjectRow } from '#shared/projection/object-row.ts';
import { explore, replay, wander } from '../../simulation/explore.ts';
import { LEDGER_BUGS } from '../../simulation/planted-bugs.ts';
import { ingress } from '../../simulation/programs/ingress.ts';
import { type RefreshOptions, refresh } from '../../simulation/programs/refresh.ts';
import { exhaustive, PLANTED, PROGRAMS, RANDOM } from '../../simulation/programs.ts';
import { type Bounds, Simulation } from '../../simulation/simulation.ts';

describe('crash simulation', () => {
  it('finds no broken law in any schedule of two deliveries with one fault', async () => {
    const explored = await explore(ingress(), exhaustive(1), 20_000);

    expect(explored).toMatchObject({ finding: undefined, exhausted: true });
    expect(explored.schedules).toBeGreaterThan(1_000_000);
  });

  it.each(PROGRAMS.map((program) => [program.name, program] as const))(
    'finds no broken law in random schedules of three deliveries to %s',
    async (_, program) => {
      expect(await wander(program, RANDOM, 300, 7)).toMatchObject({ runs: 300, finding: undefined });
    },
  );

  it.each(PLANTED.map(([bug, program]) => [bug.name, program.name, program] as const))(
    'finds the planted bug "%s" in %s',
    async (_, __, program) => {
      const { finding } = await wander(program, RANDOM, 5_000, 2);

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

  it.each([
    { kind: 'tie', bounds: { deliveries: 2, attempts: 2, faults: 0 } },
    { kind: 'latest', bounds: { deliveries: 1, attempts: 1, faults: 1 } },
  ] as const)('ends a $kind in the same rows whether answers are steps or not', async ({ kind, bounds }) => {
    const [withSteps, without] = [await endsOf(kind, true, bounds), await endsOf(kind, false, bounds)];

    expect(without.ends).toEqual(withSteps.ends);
    expect(without.ends.length).toBeGreaterThan(1);
    expect(without.runs).toBeLessThan(withSteps.runs / 5);
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

/** Explores all of a program's schedules. @returns the rows in which they end, as its last reader sees them */
async function endsOf(kind: RefreshOptions['kind'], isAnswerStep: boolean, bounds: Bounds) {
  const ends = new Set<string>();
  let seen: ObjectRow | undefined;
  const { heal } = Simulation.prototype;
  const spy = vi.spyOn(Simulation.prototype, 'heal').mockImplementation(async function (this: Simulation) {
    await heal.call(this);
    ends.add(`${seen?.current.type} ${seen?.current.body?.text} ${seen?.ambiguous}`);
  });
  const handler = ({ objects, ...ports }: HandlerPorts): HandlerPorts => ({
    ...ports,
    objects: {
      ...objects,
      async read(key, signal) {
        seen = await objects.read(key, signal);
        return seen;
      },
    },
  });
  const explored = await explore(refresh({ kind, isAnswerStep, sabotage: { handler } }), bounds, 20_000);
  spy.mockRestore();
  expect(explored).toMatchObject({ finding: undefined, exhausted: true });
  return { ends: [...ends].toSorted(), runs: explored.runs };
}
