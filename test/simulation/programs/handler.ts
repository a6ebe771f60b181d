import { handleBatch } from '#functions/handlers/handle-batch.ts';
import type { HandlerPorts } from '#functions/handlers/ports.ts';
import type { Reactions } from '#functions/handlers/reaction.ts';
import { LedgerUnavailable, ObjectsUnavailable, QueueUnavailable } from '#shared/errors/store-errors.ts';
import type { Telemetry } from '#shared/ports/telemetry.ts';
import type { ObjectRow } from '#shared/projection/object-row.ts';
import { invoiceEvent, recordOf } from '../../unit/handlers/handler-fakes.ts';
import type { Actor } from '../actor.ts';
import { BESIDE, READ, SEND, WRITE } from '../outcomes.ts';
import type { Program, Scenario } from '../program.ts';
import type { Sabotage } from '../sabotage.ts';
import type { Fault, Simulation } from '../simulation.ts';
import { steppedLedger } from '../stepped-ledger.ts';
import { steppedTelemetry } from '../stepped-telemetry.ts';

const TIMEOUT_MS = 30_000;
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
  readonly #objects = new Map<string, ObjectRow>();
  #isHandled = false;

  constructor(simulation: Simulation, part: HandlerOptions['part'], sabotage: Sabotage) {
    this.#simulation = simulation;
    this.#part = part;
    this.#sabotage = sabotage;
  }

  async attempt(actor: Actor, attempt: number): Promise<void> {
    const telemetry = steppedTelemetry(actor, new Map());
    const Records = [recordOf(invoiceEvent(), { receiveCount: attempt })];
    const reactions = this.#part === 'reactions' ? this.#reactions(actor) : {};
    const answer = await handleBatch(this.#ports(actor, telemetry), reactions, { Records }, TIMEOUT_MS);
    await telemetry.answer();
    if (answer.batchItemFailures.length > 0) return;
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
    return [this.#isHandled, ...reactions, ...[...this.#objects.values()].map(({ version }) => version)].join(' ');
  }

  #missing(): string | undefined {
    if (this.#part === 'projection')
      return this.#objects.size === 1 ? undefined : 'the message is gone, and no row was written';
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

  #ports(actor: Actor, telemetry: Telemetry): HandlerPorts {
    const ledgerWith = (leaseMs: number) => steppedLedger(this.#simulation, actor, leaseMs, this.#sabotage.rules);
    const objects = this.#objectStore(actor);
    const beside = (name: string, unknown: () => Error) => () =>
      actor.call<void>({ name, outcomes: BESIDE, unknown, send: () => () => undefined });
    const noLedger = () => new LedgerUnavailable('The simulated ledger did not answer.');
    const noQueue = () => new QueueUnavailable('The simulated queue did not answer.');
    const notUsed = () => Promise.reject(new Error('no large object and no tie is simulated'));
    return {
      domain: 'billing',
      projection: this.#part === 'projection' ? 'full' : 'off',
      freshness: 'event',
      // One event ties with nothing.
      refreshes: { ask: notUsed },
      retrySchedule: [60],
      maxReceiveCount: 5,
      failures: { record: beside('record', noLedger), clear: beside('clear', noLedger) },
      messages: { hide: beside('hide', noQueue), park: beside('park', noQueue) },
      objects: this.#sabotage.objects?.(objects) ?? objects,
      teamRows: { put: notUsed },
      payloads: { put: notUsed, get: notUsed, erase: notUsed },
      telemetry,
      clock: actor.clock,
      ledgerWith: (leaseMs) => this.#sabotage.ledger?.(ledgerWith(leaseMs)) ?? ledgerWith(leaseMs),
    };
  }

  #objectStore(actor: Actor): HandlerPorts['objects'] {
    const rows = this.#objects;
    const unknown = () => new ObjectsUnavailable('The simulated table did not answer.');
    return {
      read: ({ object }) => actor.call({ name: 'read', outcomes: READ, unknown, send: () => () => rows.get(object) }),
      write: (row) =>
        actor.call({
          name: 'write',
          outcomes: WRITE,
          unknown,
          send: () => () => {
            if ((rows.get(row.object)?.version ?? 0) !== row.version - 1) return false;
            rows.set(row.object, row);
            return true;
          },
        }),
    };
  }
}
