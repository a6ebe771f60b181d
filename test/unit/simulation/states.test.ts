import { describe, expect, it } from 'vitest';
import { explore, generator, pick } from '../../simulation/explore.ts';
import type { Program, Scenario } from '../../simulation/program.ts';
import { refresh } from '../../simulation/programs/refresh.ts';
import { resolver } from '../../simulation/programs/resolver.ts';
import { exhaustive, PLANTED, PROGRAMS } from '../../simulation/programs.ts';
import { Simulation } from '../../simulation/simulation.ts';

const NAMED = PROGRAMS.map((program) => [program.name, program] as const);
const WALKS = 150;

/** What a law remembers shows only where one is broken: of each program, a planted bug that needs more than one step. */
const BROKEN = PLANTED.filter(([{ name }]) =>
  [
    'lease ignored: a live owner is overtaken',
    'a failed write of an object taken for done',
    'a request that the queue did not take forgotten',
    'what Stripe refuses for good dropped, and not parked',
  ].includes(name),
).map(([bug, program]) => [program.name, bug.name, program] as const);

/** A program whose scenario tells nothing of its own state: its rows, its queues, and what its laws remember. */
function silent(program: Program): Program {
  return {
    ...program,
    begin(simulation) {
      const scenario: Scenario = program.begin(simulation);
      scenario.fingerprint = () => '';
      return scenario;
    },
  };
}

describe('states of the crash simulation', () => {
  it('tells apart with what the last receive failed, which decides what the next answer of 404 means', async () => {
    const notFound = await receivedTwice(['timeout', 'ok']);
    const unavailable = await receivedTwice(['ok', 'timeout']);

    expect([notFound, unavailable].map(failures)).toEqual([['stripe_not_found'], ['stripe_unavailable']]);
    expect(notFound.fingerprint()).not.toBe(unavailable.fingerprint());
  });

  it.each(NAMED)('lets the same follow from the same state of %s, however it was reached', async (_, program) => {
    const { compared, difference } = await walk(program);

    expect(difference).toBeUndefined();
    expect(compared).toBeGreaterThan(100);
  });

  it.each(BROKEN)('remembers of %s what its laws look at, with the planted bug "%s"', async (_, __, program) => {
    const { difference } = await walk(program);

    expect(difference).toBeUndefined();
  });

  it('shows that two states were taken for one, at random and in order', async () => {
    const forgetful = silent(refresh({ kind: 'tie' }));

    const { difference } = await walk(forgetful);
    const { finding } = await explore(forgetful, exhaustive(1), 5_000);

    expect(difference).toBeDefined();
    expect(finding?.law).toMatch(/^two states have one fingerprint/);
  });
});

/** Two receives of a notification, one after the other. @param answers how each of them asks for the object */
async function receivedTwice(answers: readonly [first: string, second: string]): Promise<Simulation> {
  const run = await Simulation.begin(resolver({ object: 'gone' }), exhaustive(1));
  for (const [receive, answer] of answers.entries()) {
    const prefix = ['A1.', 'B1.'][receive] ?? '';
    for (;;) {
      const endings = run.choices().filter((choice) => choice.startsWith(prefix));
      const choice = endings.find((ending) => ending.endsWith(`stripe(in_1):${answer}`)) ?? endings[0];
      if (choice === undefined) break;
      await run.take(choice);
    }
  }
  return run;
}

const failures = ({ rows }: Simulation) => [...rows.values()].map(({ errorCode }) => errorCode);

interface Step {
  /** The schedule before it. */
  readonly way: string;
  /** The state after it; at rest, or where a law is broken, only whether one is. */
  readonly to: string;
}

/** Walks at random, and compares each step with the same step from the same state, reached in another way. */
async function walk(program: Program) {
  const random = generator(1);
  const steps = new Map<string, Step>();
  let compared = 0;
  const differs = (from: string, step: Step) => {
    const known = steps.get(from) ?? step;
    steps.set(from, known);
    if (known.way !== step.way) compared += 1;
    return known.to === step.to ? undefined : `after ${known.way}, or after ${step.way}: ${from.split('\n')[1]}`;
  };

  for (let walks = 0; walks < WALKS; walks += 1) {
    const run = await Simulation.begin(program, exhaustive(program.faults));
    for (let isAtRest = false; !isAtRest; ) {
      const [state, way, choices] = [run.fingerprint(), run.schedule.join(' '), run.choices()];
      const names = choices.map((choice) => run.nameOf(choice)).toSorted();
      const choice = next(run, choices, (name) => (steps.get(`${state}\n${name}`)?.way ?? way) !== way, random);
      const from = `${state}\n${run.nameOf(choice)}`;
      isAtRest = choice === '';
      await (isAtRest ? run.heal() : run.take(choice));
      const isBroken = run.finding !== undefined;
      const to = isAtRest || isBroken ? `broken: ${isBroken}` : run.fingerprint();
      const difference = differs(`${state}\nchoices`, { way, to: names.join(' ') }) ?? differs(from, { way, to });
      if (difference !== undefined) return { compared, difference };
      if (isBroken) break;
    }
  }
  return { compared, difference: undefined };
}

/** Mostly goes on with one process, or few walks would meet; now and then as another walk did that came here. */
function next(run: Simulation, choices: readonly string[], isTaken: (name: string) => boolean, random: () => number) {
  const [last] = run.schedule.at(-1)?.split('.') ?? [];
  const taken = choices.filter((choice) => isTaken(run.nameOf(choice)));
  const ofOne = choices.filter((choice) => choice.startsWith(`${last}.`));
  if (taken.length > 0 && random() < 0.3) return pick(taken, random);
  return pick(ofOne.length > 0 && random() < 0.8 ? ofOne : choices, random);
}
