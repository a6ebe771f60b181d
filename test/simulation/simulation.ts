import type { LedgerRows, MemoryRow } from '#shared/ledger/memory-ledger.ts';
import { Actor, type Landing } from './actor.ts';
import { choiceIn, type Named, named } from './naming.ts';
import { NoSuchChoice } from './no-such-choice.ts';
import type { Outcome } from './outcomes.ts';
import type { Program, Scenario } from './program.ts';

/** What is explored of a program. */
export interface Bounds {
  readonly deliveries: number;
  /** Invocations for one delivery while faults still happen. */
  readonly attempts: number;
  readonly faults: number;
}

export interface Fault {
  readonly call: string;
  readonly outcome: Outcome;
}

/** When every simulation begins, in Unix milliseconds. */
export const BEGIN = Date.parse('2026-11-20T12:00:00Z');
/** Tries of a sender after the last fault. One must be enough once what stands in its way has ended. */
const LAST_TRIES = 3;
/** Messages that one receiver drains in a row when no fault happens any more. More means that they never end. */
const LAST_MESSAGES = 30;

/**
 * One deterministic run of a program. Every call of every invocation waits here; each {@link take} decides what happens
 * next, so a list of choices is a schedule that can be run again. Time stands still but for the choice `wait`.
 */
export class Simulation {
  readonly rows: LedgerRows = new Map();
  readonly faults: Fault[] = [];
  readonly schedule: string[] = [];
  now = BEGIN;
  /** The law that this run broke. */
  finding: string | undefined;
  readonly #bounds: Bounds;
  /** Those that come from outside, then the receivers. */
  readonly #deliveries: readonly number[];
  readonly #scenario: Scenario;
  readonly #actors: Actor[] = [];
  #landings: Landing[] = [];
  #lastNamed: Named | undefined;

  private constructor(program: Program, bounds: Bounds) {
    this.#bounds = bounds;
    const deliveries = bounds.deliveries + (program.receivers ?? 0);
    this.#deliveries = Array.from({ length: deliveries }, (_, delivery) => delivery);
    this.#scenario = program.begin(this);
  }

  /** Starts one invocation for each delivery that is open. */
  static async begin(program: Program, bounds: Bounds): Promise<Simulation> {
    // A turn of the event loop, for timers and for whoever else is in this process.
    await new Promise(setImmediate);
    const simulation = new Simulation(program, bounds);
    await simulation.#goOn();
    return simulation;
  }

  /** Deliveries that come from outside: those after them are receivers of the program's own queues. */
  get sent(): number {
    return this.#bounds.deliveries;
  }

  /** What can happen next, in a fixed order; none when the explored part is over. */
  choices(): readonly string[] {
    const faultless = this.faults.length >= this.#bounds.faults;
    const calls = this.#running().flatMap((actor) =>
      actor.waiting.map(({ name, outcomes, isPrivate }) => ({
        isPrivate,
        delivery: actor.delivery,
        endings: (faultless ? outcomes.slice(0, 1) : outcomes).map((outcome) => `${actor.name}.${name}:${outcome}`),
      })),
    );
    const first = this.#firstOf(calls.filter(({ isPrivate }) => isPrivate));
    if (first !== undefined) return first.endings;
    const landings = this.#landings.map(({ name }) => `land:${name}`);
    return [...calls.flatMap(({ endings }) => endings), ...landings, ...(this.#canWait() ? ['wait'] : [])];
  }

  /** Lets one of the choices happen and everybody go on as far as they can. */
  async take(choice: string): Promise<void> {
    this.schedule.push(choice);
    if (choice === 'wait') this.now = Math.min(...this.#ahead());
    else if (choice.startsWith('land:')) this.#land(choice.slice('land:'.length));
    else this.#endCall(choice);
    await this.#goOn();
  }

  /** No more faults: senders try again, one after another, until they are answered, and once more after that. */
  async heal(): Promise<void> {
    for (let tries = 0; tries < LAST_TRIES; tries += 1) {
      for (const delivery of this.#deliveries) await this.#runWhileOpen(delivery);
    }
    this.#passTime();
    const open = this.#deliveries.filter((delivery) => this.#scenario.isOpen(delivery));
    if (open.length > 0)
      this.report(`${open.length} deliveries are not settled after the last fault and ${LAST_TRIES} tries`);
    const oneOfEachKind = new Map(this.#sent().map((delivery) => [this.#kindOf(delivery), delivery]));
    for (const delivery of oneOfEachKind.values()) if (this.finding === undefined) await this.#runAlone(delivery);
    this.report(this.#scenario.brokenAtRest());
  }

  /** Keeps the first broken law. */
  report(law: string | undefined): void {
    this.finding ??= law;
  }

  /** Whether an owner of a row is alive or ended without a chance to say so. */
  mayHold(owner: string): boolean {
    const actor = this.#actors.find(({ name }) => owner.startsWith(`${name}/`));
    return actor === undefined || actor.state === 'running' || actor.leftRowOpen;
  }

  /** Text that is equal only for states from which the same can follow, whichever delivery is called A and which B. */
  fingerprint(): string {
    return this.#named().text;
  }

  /** A choice as it is called in every run with the same fingerprint, whichever delivery is called A there. */
  nameOf(choice: string): string {
    return choiceIn(this.#named().order, choice);
  }

  /** The names under which the text of this state is the first. */
  #named(): Named {
    this.#lastNamed ??= this.#nameAll();
    return this.#lastNamed;
  }

  #nameAll(): Named {
    const blocks = this.#deliveries.map((delivery) => this.#blockOf(delivery));
    const rows = [...this.rows].map(([key, row]) => `${key} ${remembered(row)}`).sort();
    const shared = [this.now, this.faults.length, this.#scenario.fingerprint(), ...rows].join('|');
    return named(blocks, shared);
  }

  /** Of calls that nobody else can see, the one that comes first whichever delivery is called A. */
  #firstOf<One extends { readonly delivery: number }>(calls: readonly One[]): One | undefined {
    if (calls.length < 2) return calls[0];
    const { order } = this.#named();
    return calls.toSorted((one, other) => order.indexOf(one.delivery) - order.indexOf(other.delivery))[0];
  }

  #blockOf(delivery: number): string {
    const actors = this.#actors.filter((actor) => actor.delivery === delivery);
    const states = actors.map(({ name, attempt, state, history, leftRowOpen }) => {
      if (state === 'running') return `${history}${leftRowOpen ? '!' : ''}`;
      return `#${attempt}${leftRowOpen && this.#isRemembered(name) ? '!' : ''}`;
    });
    const landings = this.#landings.filter(({ name }) => actors.some((actor) => name.startsWith(`${actor.name}.`)));
    const late = landings.map(({ identity, name }) => `${identity}${name.slice(1)}`).sort();
    return [this.#kindOf(delivery), this.#scenario.isOpen(delivery), ...states, ...late].join(' ');
  }

  #kindOf(delivery: number): string {
    return this.#scenario.kindOf?.(delivery) ?? '';
  }

  #endCall(choice: string): void {
    const [who, outcome = ''] = choice.split(':');
    const actor = this.#running().find(({ name }) => choice.startsWith(`${name}.`));
    const call = actor?.waiting.find(({ name }) => who === `${actor.name}.${name}`);
    const known = call?.outcomes.find((one) => one === outcome);
    if (actor === undefined || call === undefined || known === undefined)
      throw new NoSuchChoice(`no such choice: ${choice}`);
    if (known !== 'ok') {
      this.faults.push({ call: call.name, outcome: known });
      actor.leftRowOpen ||= /^(claim|complete|release)/.test(call.name);
    }
    this.#sendLate(actor.end(call.name, known));
  }

  #sendLate(landings: readonly Landing[]): void {
    for (const landing of landings) {
      let { name } = landing;
      while (this.#landings.some((other) => other.name === name)) name += "'";
      this.#landings.push({ ...landing, name });
    }
  }

  #land(name: string): void {
    const index = this.#landings.findIndex((one) => one.name === name);
    const [landing] = index < 0 ? [] : this.#landings.splice(index, 1);
    if (landing === undefined) throw new NoSuchChoice(`nothing is on its way as ${name}`);
    landing.land();
  }

  /**
   * A tick that is asked for in a promise's turn comes only after every promise that can go on has gone on; to wait for
   * the event loop each time would take a fifth of all time.
   */
  async #quiet(): Promise<void> {
    this.#lastNamed = undefined;
    await new Promise<void>((resolve) => process.nextTick(resolve));
    this.report(this.#scenario.broken());
  }

  /** Everybody goes on as far as they can, and senders that got no answer try again. */
  async #goOn(): Promise<void> {
    await this.#quiet();
    const before = this.#actors.length;
    for (const delivery of this.#deliveries) {
      const tries = this.#actors.filter((actor) => actor.delivery === delivery);
      const isRunning = tries.some(({ state }) => state === 'running');
      if (!isRunning && tries.length < this.#bounds.attempts && this.#scenario.isOpen(delivery)) this.#start(delivery);
    }
    if (this.#actors.length > before) await this.#quiet();
  }

  #start(delivery: number): Actor {
    const attempt = this.#actors.filter((actor) => actor.delivery === delivery).length + 1;
    const actor = new Actor(delivery, attempt, () => this.now, this.#kindOf(delivery));
    this.#actors.push(actor);
    this.#scenario.attempt(actor, attempt).then(
      () => this.#sendLate(actor.finish()),
      (error: unknown) => this.report(`${actor.name} threw: ${error}`),
    );
    return actor;
  }

  /** A try of what is sent; of a receiver, one for each message. */
  async #runWhileOpen(delivery: number): Promise<void> {
    const times = delivery < this.sent ? 1 : LAST_MESSAGES;
    for (let runs = 0; runs < times && this.finding === undefined; runs += 1) {
      this.#passTime();
      if (!this.#scenario.isOpen(delivery)) return;
      await this.#runAlone(delivery);
    }
  }

  /** All leases end, and all that happens by itself has happened. */
  #passTime(): void {
    this.now = Math.max(this.now, ...this.#ahead()) + 1;
  }

  /** Runs one invocation from start to end after all leases, without a fault. */
  async #runAlone(delivery: number): Promise<void> {
    this.#passTime();
    const actor = this.#start(delivery);
    await this.#quiet();
    for (let steps = 0; actor.state === 'running' && steps < 1_000; steps += 1) {
      const [call] = actor.waiting;
      if (call === undefined) return this.report(`${actor.name} waits for nothing`);
      this.#endCall(`${actor.name}.${call.name}:ok`);
      await this.#quiet();
    }
  }

  /** Whether an ended invocation still holds a row, or may yet. */
  #isRemembered(name: string): boolean {
    const isItsOwn = (text: string) => text.startsWith(name);
    return (
      this.#landings.some((one) => isItsOwn(one.name)) || [...this.rows.values()].some(({ owner }) => isItsOwn(owner))
    );
  }

  /** The deliveries that are not what the program itself has put into a queue. */
  #sent(): readonly number[] {
    return this.#deliveries.slice(0, this.sent);
  }

  #running(): readonly Actor[] {
    return this.#actors.filter(({ state }) => state === 'running');
  }

  #leases(): readonly MemoryRow[] {
    return [...this.rows.values()].filter(({ status, leaseUntil }) => status === 'claimed' && leaseUntil > this.now);
  }

  /** When something happens by itself: a lease ends, or what the program says. */
  #ahead(): readonly number[] {
    const moments = this.#scenario.moments?.() ?? [];
    return [...this.#leases().map(({ leaseUntil }) => leaseUntil), ...moments.filter((moment) => moment > this.now)];
  }

  /** A lease outlasts the function's timeout, so it never ends while its owner lives. */
  #canWait(): boolean {
    const isHeld = ({ owner }: MemoryRow) => this.#running().some(({ name }) => owner.startsWith(`${name}/`));
    return this.#ahead().length > 0 && !this.#leases().some(isHeld);
  }
}

/**
 * All that a ledger row says but what nothing reads: how often it was claimed, which is for operators, and when it
 * expires, 35 days after a run that takes some minutes.
 */
function remembered({ attempts: _, expiresAt: __, ...row }: MemoryRow): string {
  return Object.values({ ...row, errorCode: row.errorCode ?? '-' }).join(' ');
}
