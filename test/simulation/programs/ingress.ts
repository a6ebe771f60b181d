import { snapshot } from '../../unit/ingress/ingress-fakes.ts';
import type { Actor } from '../actor.ts';
import type { Program, Scenario } from '../program.ts';
import type { Sabotage } from '../sabotage.ts';
import type { Simulation } from '../simulation.ts';
import { deliver } from '../stepped-ingress.ts';
import { SteppedPublishing } from '../stepped-publishing.ts';

const BODY = snapshot();
const EVENT = 'evt_1';

export interface IngressOptions {
  /** Whether the bus can take the event as it is. @default 'inline' */
  readonly kind?: 'inline' | 'large' | 'refused';
  readonly faults?: number;
  readonly sabotage?: Sabotage;
}

/** Stripe delivers one event several times, and each delivery again until it is answered 200. */
export function ingress({ kind = 'inline', faults = 2, sabotage = {} }: IngressOptions = {}): Program {
  return { name: `ingress-${kind}`, faults, begin: (simulation) => new Ingress(simulation, kind, sabotage) };
}

class Ingress implements Scenario {
  readonly #simulation: Simulation;
  readonly #sabotage: Sabotage;
  readonly #publishing: SteppedPublishing;
  readonly #inlineLimit: number;
  readonly #accepted = new Set<number>();

  constructor(simulation: Simulation, kind: 'inline' | 'large' | 'refused', sabotage: Sabotage) {
    this.#simulation = simulation;
    this.#sabotage = sabotage;
    this.#publishing = new SteppedPublishing(simulation, { kind, settledBy: 'complete(publish)' });
    this.#inlineLimit = kind === 'large' ? 10 : 240_000;
  }

  async attempt(actor: Actor, attempt: number): Promise<void> {
    const world = {
      simulation: this.#simulation,
      publishing: this.#publishing,
      sabotage: this.#sabotage,
      inlineLimit: this.#inlineLimit,
    };
    if ((await deliver(world, actor, attempt, BODY)) !== 200) return;
    this.#accepted.add(actor.delivery);
    if (!this.#publishing.isOnBus)
      this.#simulation.report(`${actor.name} was answered 200 before the bus had the event`);
  }

  isOpen(delivery: number): boolean {
    return !this.#accepted.has(delivery);
  }

  broken(): string | undefined {
    return this.#publishing.broken();
  }

  brokenAtRest(): string | undefined {
    if (!this.#publishing.isOnBus) return 'the event never came to the bus';
    if (this.#accepted.size === 0) return 'no delivery was answered 200 after the last fault';
    const status = this.#simulation.rows.get(`${EVENT} publish`)?.status;
    return status === 'done' ? undefined : `the ledger row is ${status} after a delivery without faults`;
  }

  fingerprint(): string {
    return [this.#publishing.fingerprint(), this.#accepted.size].join(';');
  }
}
