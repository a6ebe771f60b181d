import { QueueUnavailable } from '#shared/errors/store-errors.ts';
import { StripePermissionMissing } from '#shared/errors/stripe-errors.ts';
import { REFRESHED_TYPE } from '#shared/event/bus-entry.ts';
import { fetchedAsOf } from '#shared/projection/fetched-as-of.ts';
import type { ObjectRow } from '#shared/projection/object-row.ts';
import { type RefreshRequest, readRefreshRequest, writeRefreshRequest } from '#shared/refresh/refresh-request.ts';
import { invoiceEvent, rawRecord, recordOf } from '../../unit/handlers/handler-fakes.ts';
import type { Actor } from '../actor.ts';
import { type Message, MessageQueue } from '../message-queue.ts';
import { WRITE } from '../outcomes.ts';
import type { Program, Scenario } from '../program.ts';
import type { Sabotage } from '../sabotage.ts';
import type { Simulation } from '../simulation.ts';
import { handleRecord } from '../stepped-handler.ts';
import { SteppedObjects } from '../stepped-objects.ts';
import { parkingQueue } from '../stepped-queue.ts';
import { answerRequest } from '../stepped-refresh.ts';
import { steppedTelemetry } from '../stepped-telemetry.ts';
import { LATER, STORIES, type Story } from './refresh-stories.ts';

export interface RefreshOptions {
  /** Why the present state is asked for, or that Stripe refuses to tell it. */
  readonly kind: 'tie' | 'latest' | 'refused';
  readonly faults?: number;
  readonly sabotage?: Sabotage;
  /**
   * Whether what an invocation answers is a step of its own. Without it, one that ends before it has answered is one
   * that ends right after its last call, and so much less is to be explored.
   * @default false
   */
  readonly isAnswerStep?: boolean;
}

/** Events that do not tell all of their object: its present state is asked for, fetched, and comes to its row. */
export function refresh({ faults = 1, ...options }: RefreshOptions): Program {
  const { kind } = options;
  return {
    name: `refresh-${kind}`,
    faults,
    receivers: 2 * storyOf(kind).receivers,
    begin: (simulation) => new Refresh(simulation, options),
  };
}

class Refresh implements Scenario {
  readonly #simulation: Simulation;
  readonly #kind: RefreshOptions['kind'];
  readonly #isAnswerStep: boolean;
  readonly #story: Story;
  readonly #sabotage: Sabotage;
  readonly #objects = new SteppedObjects((row, before) => this.#simulation.report(this.#lawOf(row, before)));
  readonly #requests: MessageQueue;
  readonly #answers: MessageQueue;
  readonly #handled = new Set<number>();
  /** Requests that were answered into the domain's queue, or parked. */
  readonly #settled = new Set<string>();
  /** What the newest answer in the domain's queue is as of, in Unix milliseconds. */
  #newestAnswer = 0;
  #isLetGo = false;

  constructor(simulation: Simulation, { kind, sabotage = {}, isAnswerStep = false }: RefreshOptions) {
    this.#simulation = simulation;
    this.#kind = kind;
    this.#isAnswerStep = isAnswerStep;
    this.#story = storyOf(kind);
    this.#sabotage = sabotage;
    this.#requests = new MessageQueue(simulation, 'r');
    this.#answers = new MessageQueue(simulation, 'a');
  }

  kindOf(delivery: number): string {
    const receiver = delivery - this.#simulation.sent;
    if (receiver < 0) return this.#eventOf(delivery).id;
    return receiver < this.#story.receivers ? 'request' : 'answer';
  }

  async attempt(actor: Actor, attempt: number): Promise<void> {
    const kind = this.kindOf(actor.delivery);
    if (kind === 'request') return this.#answer(actor);
    if (kind === 'answer') return this.#refresh(actor);
    const { id, at, total } = this.#eventOf(actor.delivery);
    const event = { id, type: 'invoice.updated', created: at / 1_000, data: { object: invoice(total) } };
    const record = recordOf(invoiceEvent(event), { receiveCount: attempt });
    if (await this.#handle(actor, record)) this.#handled.add(actor.delivery);
  }

  moments(): readonly number[] {
    return [LATER, ...this.#requests.moments(), ...this.#answers.moments()];
  }

  isOpen(delivery: number): boolean {
    const kind = this.kindOf(delivery);
    if (kind === 'request') return this.#requests.isWaiting;
    if (kind === 'answer') return this.#answers.isWaiting;
    return !this.#handled.has(delivery) && this.#simulation.now >= this.#eventOf(delivery).at;
  }

  broken(): undefined {
    return undefined;
  }

  brokenAtRest(): string | undefined {
    const row = this.#objects.rows.get('in_1');
    if (row === undefined) return 'the events are gone, and no row was written';
    if (row.asOf < this.#newestAnswer) return 'an answer came to the domain’s queue, and the row is older';
    if (this.#kind === 'refused') return this.#settled.size > 0 ? undefined : 'no request was parked';
    if (this.#isLetGo) return undefined;
    if (row.ambiguous) return 'nobody asked what the events do not tell, or the answer was lost';
    if (this.#story.freshness === 'latest' && row.current.type !== REFRESHED_TYPE) {
      return 'the row says no more than the events do';
    }
    const handled = [...this.#handled].map((delivery) => this.#eventOf(delivery).total);
    return totalIn(row) < Math.max(...handled) ? 'the row is older than what was handled' : undefined;
  }

  fingerprint(): string {
    const memory = [
      this.#newestAnswer,
      this.#isLetGo,
      this.#simulation.faults.some(isNotFound),
      ...[...this.#settled].sort(),
    ];
    return [this.#objects.fingerprint(), memory, this.#requests.fingerprint(), this.#answers.fingerprint()].join(';');
  }

  /** The first law that a row breaks by itself, or by what it replaces. */
  #lawOf(row: ObjectRow, before: ObjectRow | undefined): string | undefined {
    const change = row.recent.at(-1) ?? '';
    if (before?.recent.includes(change)) return `${change} changes the row a second time`;
    if (before !== undefined && row.asOf < before.asOf) return `${change} is older than the row that it replaces`;
    if (row.tombstone) return 'the row says that the object is gone, and Stripe has it';
    if (!row.ambiguous && totalIn(row) < this.#totalAt(row.asOf)) return 'the row is older than it says';
    return undefined;
  }

  async #answer(actor: Actor): Promise<void> {
    const message = this.#requests.receive(actor);
    if (message === undefined) return;
    const telemetry = steppedTelemetry(actor, new Map());
    const world = {
      sabotage: this.#sabotage,
      objects: this.#objects,
      answer: (path: string) => this.#stripe(path),
      domains: { send: (_: string, body: string) => this.#send(actor, message, body) },
      parked: () => void this.#settled.add(message.id),
      telemetry,
    };
    const isDone = await answerRequest(world, actor, message);
    if (this.#isAnswerStep) await telemetry.answer();
    if (!isDone) return;
    this.#requests.delete(message);
    const request = readRefreshRequest(message.body);
    if (request === undefined || this.#settled.has(message.id) || this.#isKnown(request)) return;
    // Stripe was asked before, and has not found it.
    const isGivenUp = message.receives > 1 && this.#simulation.faults.some(isNotFound);
    if (isGivenUp) this.#isLetGo = true;
    else this.#simulation.report(`${actor.name} is done with a request that was neither answered nor parked`);
  }

  async #refresh(actor: Actor): Promise<void> {
    const message = this.#answers.receive(actor);
    if (message === undefined) return;
    const record = rawRecord(message.body, { messageId: message.id, receiveCount: message.receives });
    if (await this.#handle(actor, record)) this.#answers.delete(message);
  }

  async #handle(actor: Actor, record: ReturnType<typeof recordOf>): Promise<boolean> {
    const telemetry = steppedTelemetry(actor, new Map());
    const world = {
      ...parkingQueue(actor, () => this.#simulation.report(`${actor.name} parks what it could handle`)),
      simulation: this.#simulation,
      sabotage: this.#sabotage,
      objects: this.#objects,
      projection: 'full',
      freshness: this.#story.freshness,
      refreshes: {
        ask: (request: RefreshRequest, delaySeconds: number) =>
          put(actor, 'ask', () => this.#requests.send(writeRefreshRequest(request), delaySeconds)),
      },
      telemetry,
    } as const;
    const isDone = await handleRecord(world, actor, record);
    if (this.#isAnswerStep) await telemetry.answer();
    return isDone;
  }

  #send(actor: Actor, request: Message, body: string): Promise<void> {
    return put(actor, 'send', () => {
      const { fanout } = JSON.parse(body).detail;
      this.#newestAnswer = Math.max(this.#newestAnswer, fetchedAsOf(Date.parse(fanout.resolvedAt)));
      this.#settled.add(request.id);
      this.#answers.send(body);
    });
  }

  /** Whether the row says more than when the request was made. */
  #isKnown({ asOf, reason }: RefreshRequest): boolean {
    const row = this.#objects.rows.get('in_1');
    return row !== undefined && (row.asOf > asOf || (reason === 'tie' && !row.ambiguous));
  }

  #stripe(path: string): string {
    if (this.#kind === 'refused') throw new StripePermissionMissing('The simulated key may not read invoices.');
    if (path.startsWith('/v1/events/')) return '{"object":"event"}';
    return JSON.stringify(invoice(this.#totalAt(this.#simulation.now)));
  }

  #totalAt(time: number): number {
    return this.#story.changes.findLast(({ at }) => at <= time)?.total ?? 0;
  }

  #eventOf(delivery: number): Story['events'][number] {
    const event = this.#story.events[delivery % this.#story.events.length];
    if (event === undefined) throw new RangeError('A story has an event at least.');
    return event;
  }
}

const storyOf = (kind: RefreshOptions['kind']): Story => STORIES[kind === 'latest' ? 'latest' : 'tie'];
const invoice = (total: number) => ({ id: 'in_1', object: 'invoice', total });
const totalIn = ({ current }: ObjectRow): number => JSON.parse(current.body?.text ?? '{}').total ?? 0;
const isNotFound = ({ call, outcome }: Simulation['faults'][number]) => call === 'stripe(in_1)' && outcome === 'absent';

function put(actor: Actor, name: string, done: () => void): Promise<void> {
  const unknown = () => new QueueUnavailable('The simulated queue did not answer.');
  return actor.call<void>({ name, outcomes: WRITE, unknown, send: () => done });
}
