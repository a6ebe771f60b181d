import { createHash } from 'node:crypto';
import { BusRefused, PayloadStoreUnavailable, PublishFailed, PublishUnknown } from '#shared/errors/store-errors.ts';
import { type BusEntry, REFUSED_TYPE } from '#shared/event/bus-entry.ts';
import type { EventBus } from '#shared/ports/event-bus.ts';
import type { PayloadStore } from '#shared/ports/payload-store.ts';
import type { Actor } from './actor.ts';
import { SEND, WRITE } from './outcomes.ts';
import type { Fault, Simulation } from './simulation.ts';
import type { Metrics } from './stepped-telemetry.ts';

export interface PublishingOptions {
  /** Whether the bus can take the event as it is. @default 'inline' */
  readonly kind?: 'inline' | 'large' | 'refused';
  /** The call that writes down that the event is on the bus; without its answer, it may be published again. */
  readonly settledBy: string;
  /** The first law that an entry breaks by itself. */
  lawOf?(entry: BusEntry): string | undefined;
}

/** Bus and bucket of one run, and the laws on what comes to them of one event. */
export class SteppedPublishing {
  readonly metrics: Metrics = new Map();
  readonly #simulation: Simulation;
  readonly #options: PublishingOptions;
  readonly #stored = new Set<string>();
  #published = 0;

  constructor(simulation: Simulation, options: PublishingOptions) {
    this.#simulation = simulation;
    this.#options = options;
  }

  get isOnBus(): boolean {
    return this.#published > 0;
  }

  bus(actor: Actor): EventBus {
    return {
      publish: (entry) =>
        actor.call({
          name: 'publish',
          outcomes: SEND,
          refused: () => new PublishFailed('The simulated bus said no.'),
          unknown: () => new PublishUnknown('The simulated bus did not answer.'),
          send: () => () => this.#take(entry),
        }),
    };
  }

  payloads(actor: Actor): PayloadStore {
    return {
      put: (key, body) =>
        actor.call({
          name: 'put',
          outcomes: WRITE,
          unknown: () => new PayloadStoreUnavailable('The simulated bucket did not answer.'),
          send: () => () => {
            this.#stored.add(key);
            const sha256 = createHash('sha256').update(body).digest('hex');
            return { bucket: 'payloads', key, bytes: body.length, sha256 };
          },
        }),
      get: () => Promise.reject(new Error('no payload is read here')),
    };
  }

  /** More than once only where nobody could know better, and then counted. */
  broken(): string | undefined {
    const [unknown, counted] = [this.#unknown(), this.#counted()];
    if (this.#published > 1 + unknown) {
      return `published ${this.#published} times, with ${unknown} unknown outcomes of PutEvents or complete`;
    }
    if (this.#published <= 1 + counted) return undefined;
    return `published ${this.#published} times, counted as possible ${counted} times`;
  }

  fingerprint(): string {
    return [this.#published, this.#unknown(), this.#counted(), this.#stored.size].join(';');
  }

  #take(entry: BusEntry): string {
    const { kind = 'inline', lawOf } = this.#options;
    if (kind === 'refused' && entry.detailType !== REFUSED_TYPE) {
      throw new BusRefused('The simulated bus cannot take this.', 'MalformedDetail');
    }
    if (kind !== 'inline' && this.#stored.size === 0) this.#simulation.report('the entry refers to nothing yet');
    this.#simulation.report(lawOf?.(entry));
    this.#published += 1;
    return 'bus-id';
  }

  /** Outcomes after which the event may be on the bus, with nobody knowing. */
  #unknown(): number {
    const mayRepeat = ({ call, outcome }: Fault) =>
      (call === 'publish' && outcome !== 'error') || call === this.#options.settledBy;
    return this.#simulation.faults.filter(mayRepeat).length;
  }

  #counted(): number {
    return (this.metrics.get('PublishUnknown') ?? 0) + (this.metrics.get('PublishRepeated') ?? 0);
  }
}
