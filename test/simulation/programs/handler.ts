import type { Reactions } from '#functions/handlers/reaction.ts';
import { invoiceEvent, recordOf } from '../../unit/handlers/handler-fakes.ts';
import type { Actor } from '../actor.ts';
import { SEND } from '../outcomes.ts';
import type { Program, Scenario } from '../program.ts';
import type { Sabotage } from '../sabotage.ts';
import type { Fault, Simulation } from '../simulation.ts';
import { handleRecord } from '../stepped-handler.ts';
import { SteppedObjects } from '../stepped-objects.ts';
import { steppedTelemetry } from '../stepped-telemetry.ts';

const NAMES = ['first', 'second'] as const;

export interface HandlerOptions {
  /** What is done with the message: two reactions, or the object's row. */
  readonly part: 'reactions' | 'projection';
  readonly faults?: number;
  readonly sabotage?: Sabotage;
}

/** SQS gives one message to several receivers at once, and again until one of them handled it. */
export function handler({ part, faults = 1, sabotage = {} }: HandlerOptions): Program {
  return { name: `handler-${part}`, faults, begin: (simulation) => new Handler(simulation, part, sabotage) };
}

class Handler implements Scenario {
  readonly #simulation: Simulation;
  readonly #part: HandlerOptions['part'];
  readonly #sabotage: Sabotage;
  readonly #successes = new Map<string, number>();
  readonly #objects = new SteppedObjects();
  #isHandled = false;

  constructor(simulation: Simulation, part: HandlerOptions['part'], sabotage: Sabotage) {
    this.#simulation = simulation;
    this.#part = part;
    this.#sabotage = sabotage;
  }

  async attempt(actor: Actor, attempt: number): Promise<void> {
    const telemetry = steppedTelemetry(actor, new Map());
    const world = {
      simulation: this.#simulation,
      sabotage: this.#sabotage,
      objects: this.#objects,
      telemetry,
      ...(this.#part === 'reactions' ? { reactions: this.#reactions(actor) } : { projection: 'full' as const }),
    };
    const isDone = await handleRecord(world, actor, recordOf(invoiceEvent(), { receiveCount: attempt }));
    await telemetry.answer();
    if (!isDone) return;
    this.#isHandled = true;
    this.#simulation.report(this.#missing());
  }

  /** A message that was handled is deleted, whoever else has received it. */
  isOpen(): boolean {
    return !this.#isHandled;
  }

  broken(): string | undefined {
    for (const [name, successes] of this.#successes) {
      const unknown = this.#unknown(name);
      if (successes > 1 + unknown)
        return `reaction ${name} succeeded ${successes} times, with ${unknown} unknown outcomes`;
    }
    return undefined;
  }

  brokenAtRest(): string | undefined {
    return this.#missing();
  }

  fingerprint(): string {
    const reactions = NAMES.map((name) => `${this.#successes.get(name) ?? 0}/${this.#unknown(name)}`);
    return [this.#isHandled, ...reactions, this.#objects.fingerprint()].join(' ');
  }

  #missing(): string | undefined {
    if (this.#part === 'projection')
      return this.#objects.rows.size === 1 ? undefined : 'the message is gone, and no row was written';
    const missing = NAMES.find((name) => !this.#successes.has(name));
    return missing === undefined ? undefined : `the message is gone, and reaction ${missing} never succeeded`;
  }

  /** Outcomes after which a reaction may have succeeded, with nobody knowing. */
  #unknown(name: string): number {
    const mayRepeat = ({ call, outcome }: Fault) =>
      (call === `react(${name})` && outcome !== 'error') || call === `complete(${name})`;
    return this.#simulation.faults.filter(mayRepeat).length;
  }

  #reactions(actor: Actor): Reactions {
    const run = (name: (typeof NAMES)[number]) => () =>
      actor.call<void>({
        name: `react(${name})`,
        outcomes: SEND,
        unknown: () => new Error(`reaction ${name} failed`),
        send: () => {
          this.#neverAgain(actor, name);
          return () => void this.#successes.set(name, (this.#successes.get(name) ?? 0) + 1);
        },
      });
    return { 'invoice.paid': { first: run('first'), second: run('second') } };
  }

  #neverAgain(actor: Actor, name: string): void {
    const row = this.#simulation.rows.get(`evt_1 react#billing#invoice.paid/${name}`);
    if (row?.status === 'done') this.#simulation.report(`${actor.name} runs reaction ${name}, which is done`);
  }
}
