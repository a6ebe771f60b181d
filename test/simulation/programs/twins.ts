import { snapshot } from '../../unit/ingress/ingress-fakes.ts';
import { INVOICE, thinEvent } from '../../unit/resolver/resolver-fakes.ts';
import type { Actor } from '../actor.ts';
import type { Program, Scenario } from '../program.ts';
import type { Sabotage } from '../sabotage.ts';
import type { Simulation } from '../simulation.ts';
import { deliver } from '../stepped-ingress.ts';
import { SteppedPublishing } from '../stepped-publishing.ts';
import { receiveNotification } from '../stepped-resolver.ts';

const DESTINATION = { name: 'account', mode: 'both', payload: 'either', accounts: 'own' } as const;
const SNAPSHOT = 'evt_snap1';
const NOTIFICATION = 'evt_thin1';
const BODY = snapshot({ id: SNAPSHOT });
const TWIN = thinEvent({ snapshot_event: SNAPSHOT });

export interface TwinsOptions {
  readonly faults?: number;
  readonly sabotage?: Sabotage;
}

/** Stripe tells one change in both styles: the resolver has the notification when the ingress gets the snapshot. */
export function twins({ faults = 1, sabotage = {} }: TwinsOptions = {}): Program {
  return { name: 'twins', faults, begin: (simulation) => new Twins(simulation, sabotage) };
}

class Twins implements Scenario {
  readonly #simulation: Simulation;
  readonly #sabotage: Sabotage;
  readonly #publishing: SteppedPublishing;
  readonly #accepted = new Set<number>();
  #isResolved = false;

  constructor(simulation: Simulation, sabotage: Sabotage) {
    this.#simulation = simulation;
    this.#sabotage = sabotage;
    this.#publishing = new SteppedPublishing(simulation, {
      settledBy: 'complete(publish)',
      lawOf: ({ detail }) => (JSON.parse(detail).id === SNAPSHOT ? undefined : 'one change is told under two ids'),
    });
  }

  kindOf(delivery: number): string {
    return delivery % 2 === 0 ? 'notification' : 'snapshot';
  }

  async attempt(actor: Actor, attempt: number): Promise<void> {
    const world = { simulation: this.#simulation, publishing: this.#publishing, sabotage: this.#sabotage };
    const isNotification = this.kindOf(actor.delivery) === 'notification';
    const isDone = isNotification
      ? await receiveNotification(
          { ...world, destinations: [DESTINATION], answer: () => INVOICE },
          actor,
          attempt,
          TWIN,
        )
      : (await deliver({ ...world, inlineLimit: 240_000 }, actor, attempt, BODY)) === 200;
    if (!isDone) return;
    if (isNotification) this.#isResolved = true;
    else this.#accepted.add(actor.delivery);
    if (!this.#publishing.isOnBus) this.#simulation.report(`${actor.name} is done before the bus has the event`);
  }

  isOpen(delivery: number): boolean {
    return this.kindOf(delivery) === 'notification' ? !this.#isResolved : !this.#accepted.has(delivery);
  }

  broken(): string | undefined {
    return this.#publishing.broken();
  }

  brokenAtRest(): string | undefined {
    if (!this.#publishing.isOnBus) return 'the event never came to the bus';
    const open = [`${NOTIFICATION} resolve`, `${SNAPSHOT} publish`].filter(
      (row) => this.#simulation.rows.get(row)?.status !== 'done',
    );
    return open.length === 0 ? undefined : `after a delivery of each without faults, not done: ${open.join(', ')}`;
  }

  fingerprint(): string {
    return [this.#publishing.fingerprint(), this.#isResolved, this.#accepted.size].join(';');
  }
}
