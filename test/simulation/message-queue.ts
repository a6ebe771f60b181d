import type { Actor } from './actor.ts';
import { intern } from './interning.ts';
import type { Simulation } from './simulation.ts';

/** A message in a queue. */
export interface Message {
  readonly id: string;
  readonly body: string;
  /** Unix milliseconds until which SQS holds it back. */
  readonly visibleAt: number;
  /** How often it was given to a receiver. */
  receives: number;
  holder?: Actor;
}

/** A queue of one run. A message comes again until it is deleted, but not while an invocation that has it is alive. */
export class MessageQueue {
  readonly #simulation: Simulation;
  readonly #name: string;
  readonly #messages: Message[] = [];
  #sent = 0;

  /** @param name a letter, with which the ids of its messages begin */
  constructor(simulation: Simulation, name: string) {
    this.#simulation = simulation;
    this.#name = name;
  }

  send(body: string, delaySeconds = 0): void {
    this.#sent += 1;
    const visibleAt = this.#simulation.now + delaySeconds * 1_000;
    this.#messages.push({ id: `${this.#name}${this.#sent}`, body, visibleAt, receives: 0 });
  }

  /** Whether there is a message to be had. */
  get isWaiting(): boolean {
    return this.#next() !== undefined;
  }

  /** Gives the first message that may be given, if there is one. */
  receive(actor: Actor): Message | undefined {
    const message = this.#next();
    if (message === undefined) return undefined;
    message.receives += 1;
    message.holder = actor;
    actor.given(`${message.id} ${message.receives} ${message.body}`);
    return message;
  }

  delete(message: Message): void {
    const index = this.#messages.indexOf(message);
    if (index >= 0) this.#messages.splice(index, 1);
  }

  /** When messages that are held back can be had. */
  moments(): readonly number[] {
    return this.#messages.map(({ visibleAt }) => visibleAt);
  }

  fingerprint(): string {
    const { now } = this.#simulation;
    const messages = this.#messages.map(({ id, body, visibleAt, receives, holder }) =>
      [id, intern(body), Math.max(visibleAt - now, 0), receives, holder?.state === 'running'].join(' '),
    );
    return [this.#sent, ...messages].join(',');
  }

  #next(): Message | undefined {
    const { now } = this.#simulation;
    return this.#messages.find(({ visibleAt, holder }) => visibleAt <= now && holder?.state !== 'running');
  }
}
