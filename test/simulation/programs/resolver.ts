import type { BusEntry } from '#shared/event/bus-entry.ts';
import { INVOICE, thinEvent } from '../../unit/resolver/resolver-fakes.ts';
import type { Actor } from '../actor.ts';
import type { Program, Scenario } from '../program.ts';
import type { Sabotage } from '../sabotage.ts';
import type { Simulation } from '../simulation.ts';
import { SteppedPublishing } from '../stepped-publishing.ts';
import { receiveNotification } from '../stepped-resolver.ts';

const DESTINATION = { name: 'account', mode: 'both', payload: 'thin', accounts: 'own' } as const;
const EVENT = 'evt_thin1';
const OBJECT_PATH = '/v1/invoices/in_1';

export interface ResolverOptions {
  /** Whether Stripe still has the object. */
  readonly object: 'found' | 'gone';
  readonly faults?: number;
  readonly sabotage?: Sabotage;
}

/** SQS gives one notification to several receivers at once, and again until one of them is done with it. */
export function resolver({ object, faults = 1, sabotage = {} }: ResolverOptions): Program {
  return { name: `resolver-${object}`, faults, begin: (simulation) => new Resolver(simulation, object, sabotage) };
}

class Resolver implements Scenario {
  readonly #simulation: Simulation;
  readonly #object: ResolverOptions['object'];
  readonly #sabotage: Sabotage;
  readonly #publishing: SteppedPublishing;
  #foundNothing = 0;
  #isDone = false;

  constructor(simulation: Simulation, object: ResolverOptions['object'], sabotage: Sabotage) {
    this.#simulation = simulation;
    this.#object = object;
    this.#sabotage = sabotage;
    this.#publishing = new SteppedPublishing(simulation, {
      settledBy: 'complete(resolve)',
      lawOf: (entry) => this.#lawOf(entry),
    });
  }

  async attempt(actor: Actor, attempt: number): Promise<void> {
    const world = {
      simulation: this.#simulation,
      publishing: this.#publishing,
      sabotage: this.#sabotage,
      destinations: [DESTINATION],
      answer: (path: string) => this.#answer(path),
    };
    if (!(await receiveNotification(world, actor, attempt, thinEvent()))) return;
    this.#isDone = true;
    if (!this.#publishing.isOnBus) this.#simulation.report(`${actor.name} is done before the bus has the event`);
  }

  /** A message that is done with is deleted, whoever else has received it. */
  isOpen(): boolean {
    return !this.#isDone;
  }

  broken(): string | undefined {
    return this.#publishing.broken();
  }

  brokenAtRest(): string | undefined {
    if (!this.#publishing.isOnBus) return 'the event never came to the bus';
    // It takes two receives to know that an object is gone, and the last one may have been the first since a fault.
    if (this.#object === 'gone') return undefined;
    const status = this.#simulation.rows.get(`${EVENT} resolve`)?.status;
    return status === 'done' ? undefined : `the ledger row is ${status} after a receive without faults`;
  }

  fingerprint(): string {
    return [this.#publishing.fingerprint(), this.#isDone, this.#timesNotFound()].join(';');
  }

  #answer(path: string): string | undefined {
    if (path !== OBJECT_PATH) return JSON.stringify({ ...thinEvent(), data: null });
    if (this.#object === 'found') return INVOICE;
    this.#foundNothing += 1;
    return undefined;
  }

  /** How often Stripe did not find the object. */
  #timesNotFound(): number {
    const absent = this.#simulation.faults.filter(
      ({ call, outcome }) => call === 'stripe(in_1)' && outcome === 'absent',
    );
    return this.#foundNothing + absent.length;
  }

  #lawOf({ detail }: BusEntry): string | undefined {
    if (JSON.parse(detail).fanout.missing === true) {
      return this.#timesNotFound() > 1 ? undefined : 'published as missing after one answer of 404';
    }
    return detail.includes(`"object":${INVOICE}`) ? undefined : 'published with something that Stripe did not answer';
  }
}
