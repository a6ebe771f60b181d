import { createHash } from 'node:crypto';
import type { IngressPorts } from '#functions/ingress/ports.ts';
import { receive } from '#functions/ingress/receive.ts';
import {
  BusRefused,
  PayloadStoreUnavailable,
  PublishFailed,
  PublishUnknown,
  SecretUnavailable,
} from '#shared/errors/store-errors.ts';
import { type BusEntry, REFUSED_TYPE } from '#shared/event/bus-entry.ts';
import type { Telemetry } from '#shared/ports/telemetry.ts';
import { SigningSecrets } from '#shared/webhook/signing-secrets.ts';
import { SECRET, signed, snapshot } from '../../unit/ingress/ingress-fakes.ts';
import type { Actor } from '../actor.ts';
import { SEND, WRITE } from '../outcomes.ts';
import type { Program, Scenario } from '../program.ts';
import type { Sabotage } from '../sabotage.ts';
import type { Fault, Simulation } from '../simulation.ts';
import { steppedLedger } from '../stepped-ledger.ts';
import { type Metrics, steppedTelemetry } from '../stepped-telemetry.ts';

const LEASE_MS = 15_000;
const DESTINATION = { name: 'account', mode: 'both', payload: 'either', accounts: 'either' } as const;
const BODY = snapshot();
const EVENT = 'evt_1';
const SECRETS = JSON.stringify({ account: [SECRET] });

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
  readonly #kind: 'inline' | 'large' | 'refused';
  readonly #sabotage: Sabotage;
  readonly #accepted = new Set<number>();
  readonly #stored = new Set<string>();
  readonly #metrics: Metrics = new Map();
  #published = 0;

  constructor(simulation: Simulation, kind: 'inline' | 'large' | 'refused', sabotage: Sabotage) {
    this.#simulation = simulation;
    this.#kind = kind;
    this.#sabotage = sabotage;
  }

  async attempt(actor: Actor, attempt: number): Promise<void> {
    const telemetry = steppedTelemetry(actor, this.#metrics);
    const work = new AbortController();
    const ports = {
      ...this.#ports(actor, this.#sabotage.telemetry?.(telemetry) ?? telemetry, attempt > 1),
      // The deadline comes early, or most schedules would differ only in how often somebody looked.
      sleep: () => actor.call({ name: 'sleep', isPrivate: true, outcomes: ['ok'], send: () => () => work.abort() }),
    };
    const deadlines = { work: work.signal, settle: new AbortController().signal };
    const answer = await receive(ports, signed(BODY, { at: this.#simulation.now }), deadlines);
    await telemetry.answer();
    if (answer.statusCode !== 200) return;
    this.#accepted.add(actor.delivery);
    if (this.#published === 0) this.#simulation.report(`${actor.name} was answered 200 before the bus had the event`);
  }

  isOpen(delivery: number): boolean {
    return !this.#accepted.has(delivery);
  }

  broken(): string | undefined {
    const unknown = this.#unknown();
    if (this.#published > 1 + unknown) {
      return `published ${this.#published} times, with ${unknown} unknown outcomes of PutEvents or complete`;
    }
    const counted = this.#counted();
    if (this.#published > 1 + counted)
      return `published ${this.#published} times, counted as possible ${counted} times`;
    return undefined;
  }

  brokenAtRest(): string | undefined {
    if (this.#published === 0) return 'the event never came to the bus';
    if (this.#accepted.size === 0) return 'no delivery was answered 200 after the last fault';
    const status = this.#simulation.rows.get(`${EVENT} publish`)?.status;
    return status === 'done' ? undefined : `the ledger row is ${status} after a delivery without faults`;
  }

  fingerprint(): string {
    return [this.#published, this.#unknown(), this.#counted(), this.#accepted.size, this.#stored.size].join(';');
  }

  #ports(actor: Actor, telemetry: Telemetry, isWarm: boolean): Omit<IngressPorts, 'sleep'> {
    const ledger = steppedLedger(this.#simulation, actor, LEASE_MS, this.#sabotage.rules);
    const bus = this.#bus(actor);
    const readSecret = () =>
      actor.call({
        name: 'secret',
        isPrivate: true,
        outcomes: ['ok', 'error'],
        unknown: () => new SecretUnavailable('The simulated secret was not read.'),
        send: () => () => SECRETS,
      });
    return {
      destinations: [DESTINATION],
      secrets: new SigningSecrets({ read: isWarm ? async () => SECRETS : readSecret }, actor.clock),
      ledger: this.#sabotage.ledger?.(ledger) ?? ledger,
      bus: this.#sabotage.bus?.(bus) ?? bus,
      payloads: {
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
        get: () => Promise.reject(new Error('the ingress reads no payloads')),
      },
      clock: actor.clock,
      // No rotation is under way.
      signers: { note: async () => undefined },
      telemetryFor: () => telemetry,
      inlineLimit: this.#kind === 'large' ? 10 : 240_000,
    };
  }

  #bus(actor: Actor): IngressPorts['bus'] {
    return {
      publish: (entry) =>
        actor.call({
          name: 'publish',
          outcomes: SEND,
          refused: () => new PublishFailed('The simulated bus said no.'),
          unknown: () => new PublishUnknown('The simulated bus did not answer.'),
          send: () => () => this.#takeEntry(entry),
        }),
    };
  }

  #takeEntry(entry: BusEntry): string {
    if (this.#kind === 'refused' && entry.detailType !== REFUSED_TYPE) {
      throw new BusRefused('The simulated bus cannot take this.', 'MalformedDetail');
    }
    if (this.#kind !== 'inline' && this.#stored.size === 0) this.#simulation.report('the entry refers to nothing yet');
    this.#published += 1;
    return 'bus-id';
  }

  #unknown(): number {
    return this.#simulation.faults.filter(mayRepeat).length;
  }

  #counted(): number {
    return (this.#metrics.get('PublishUnknown') ?? 0) + (this.#metrics.get('PublishRepeated') ?? 0);
  }
}

/** An outcome after which the event may be on the bus, with nobody knowing. */
function mayRepeat({ call, outcome }: Fault): boolean {
  return (call === 'publish' && outcome !== 'error') || call.startsWith('complete');
}
