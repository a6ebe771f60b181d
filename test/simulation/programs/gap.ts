import { snapshot } from '../../unit/ingress/ingress-fakes.ts';
import type { Actor } from '../actor.ts';
import type { Program, Scenario } from '../program.ts';
import type { Sabotage } from '../sabotage.ts';
import { BEGIN, type Simulation } from '../simulation.ts';
import { deliver } from '../stepped-ingress.ts';
import { SteppedPublishing } from '../stepped-publishing.ts';
import { compare } from '../stepped-reconciler.ts';

const EVENT = 'evt_1';
const BODY = snapshot({ created: BEGIN / 1_000 - 3_600 });

export interface GapOptions {
  readonly faults?: number;
  readonly sabotage?: Sabotage;
}

/** Stripe lists an event that it has not delivered yet: the reconciler finds it missing when a late delivery comes. */
export function gap({ faults = 1, sabotage = {} }: GapOptions = {}): Program {
  return { name: 'gap', faults, begin: (simulation) => new Gap(simulation, sabotage) };
}

class Gap implements Scenario {
  readonly #simulation: Simulation;
  readonly #sabotage: Sabotage;
  readonly #publishing: SteppedPublishing;
  readonly #accepted = new Set<number>();
  #isCompared = false;

  constructor(simulation: Simulation, sabotage: Sabotage) {
    this.#simulation = simulation;
    this.#sabotage = sabotage;
    this.#publishing = new SteppedPublishing(simulation, { settledBy: 'complete(publish)' });
  }

  kindOf(delivery: number): string {
    return delivery % 2 === 0 ? 'list' : 'delivery';
  }

  async attempt(actor: Actor, attempt: number): Promise<void> {
    const world = { simulation: this.#simulation, publishing: this.#publishing, sabotage: this.#sabotage };
    const isList = this.kindOf(actor.delivery) === 'list';
    const isDone = isList
      ? await compare({ ...world, listed: BODY }, actor)
      : (await deliver({ ...world, inlineLimit: 240_000 }, actor, attempt, BODY)) === 200;
    if (!isDone) return;
    if (isList) this.#isCompared = true;
    else this.#accepted.add(actor.delivery);
    if (!this.#publishing.isOnBus) this.#simulation.report(`${actor.name} is done before the bus has the event`);
  }

  isOpen(delivery: number): boolean {
    return this.kindOf(delivery) === 'list' ? !this.#isCompared : !this.#accepted.has(delivery);
  }

  broken(): string | undefined {
    return this.#publishing.broken();
  }

  brokenAtRest(): string | undefined {
    if (!this.#publishing.isOnBus) return 'the event never came to the bus';
    const status = this.#simulation.rows.get(`${EVENT} publish`)?.status;
    return status === 'done' ? undefined : `the ledger row is ${status} after a look without faults`;
  }

  fingerprint(): string {
    return [this.#publishing.fingerprint(), this.#isCompared, this.#accepted.size].join(';');
  }
}
