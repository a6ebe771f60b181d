import { randomUUID } from 'node:crypto';
import type { Message } from './message.ts';
import { FIFO, type MessageOrder, STANDARD } from './message-order.ts';
import type { RedrivePolicy } from './redrive-policy.ts';

const NONE: ReadonlySet<string> = new Set();
/** No function runs for longer. */
const LONGEST_INVOCATION_MS = 900_000;

/** Messages of a queue by state. */
export interface QueueDepth {
  readonly visible: number;
  readonly inFlight: number;
  readonly delayed: number;
}

export interface QueueOptions {
  readonly name: string;
  readonly arn: string;
  readonly url: string;
  /** As a template or `SetQueueAttributes` gives them, in AWS's time. */
  readonly attributes: Map<string, string>;
  /** Takes a message that has been received too often; false when the DLQ is gone. */
  readonly deadLetter: (queue: Queue, message: Message, policy: RedrivePolicy) => boolean;
  /** Something left the queue. */
  readonly onChange: () => void;
}

/** A queue in memory. Times are milliseconds, already scaled. */
export class Queue {
  readonly name: string;
  readonly arn: string;
  readonly url: string;
  readonly attributes: Map<string, string>;
  readonly isFifo: boolean;
  redrivePolicy: RedrivePolicy | undefined;
  readonly #options: QueueOptions;
  readonly #order: MessageOrder;
  readonly #visible: Message[] = [];
  readonly #inFlight = new Map<Message, NodeJS.Timeout>();
  readonly #delayed = new Map<Message, NodeJS.Timeout>();
  readonly #byHandle = new Map<string, Message>();
  readonly #waiting = new Set<() => void>();
  #sequence = 0;

  constructor(options: QueueOptions) {
    this.#options = options;
    this.name = options.name;
    this.arn = options.arn;
    this.url = options.url;
    this.attributes = options.attributes;
    this.isFifo = options.name.endsWith('.fifo');
    this.#order = this.isFifo ? FIFO : STANDARD;
  }

  /** @param delay hides the message from receivers for that long */
  enqueue(message: Message, delay = 0): void {
    this.#sequence += 1;
    message.sequence = this.#sequence;
    if (delay > 0) this.#wait(this.#delayed, message, delay);
    else this.#show(message);
  }

  /** Receives up to `max` messages and hides them. Those received too often go to the DLQ instead. */
  receive(max: number, visibility: number): Message[] {
    const received: Message[] = [];
    const held = this.#heldGroups();
    while (received.length < max) {
      const at = this.#order.next(this.#visible, held);
      const [message] = at < 0 ? [] : this.#visible.splice(at, 1);
      if (!message) break;
      if (this.#givesUp(message)) continue;
      message.receiveCount += 1;
      message.firstReceivedAt ??= Date.now();
      if (message.handle) this.#byHandle.delete(message.handle);
      message.handle = randomUUID();
      this.#byHandle.set(message.handle, message);
      this.#hide(message, visibility);
      received.push(message);
    }
    return received;
  }

  /** Resolves when a message can be received, the time is over, or the signal aborts. */
  async waitForMessage(timeout: number, signal: AbortSignal): Promise<void> {
    if (this.#order.next(this.#visible, this.#heldGroups()) >= 0 || signal.aborted) return;
    const { promise, resolve } = Promise.withResolvers<void>();
    const wake = () => resolve();
    const timer = setTimeout(wake, timeout);
    this.#waiting.add(wake);
    signal.addEventListener('abort', wake);
    await promise;
    clearTimeout(timer);
    this.#waiting.delete(wake);
    signal.removeEventListener('abort', wake);
  }

  /** Deletes the message a handle was given for; one that is gone already is no error, as in SQS. */
  delete(handle: string): void {
    const message = this.#byHandle.get(handle);
    if (!message) return;
    this.#unhide(message);
    const at = this.#visible.indexOf(message);
    if (at >= 0) this.#visible.splice(at, 1);
    this.#forget(message);
    // The next of its group may be received now.
    if (this.isFifo) this.#wake();
    this.#options.onChange();
  }

  /** @returns false when the message is not in flight */
  changeVisibility(handle: string, visibility: number): boolean {
    const message = this.#byHandle.get(handle);
    if (!message || !this.#unhide(message)) return false;
    message.isHeld = false;
    this.#hide(message, visibility);
    return true;
  }

  /** Keeps a received message hidden until {@link letGo}, or until its receiver sets its visibility. */
  hold(handle: string): void {
    const message = this.#byHandle.get(handle);
    if (!message || !this.#unhide(message)) return;
    message.isHeld = true;
    this.#hide(message, LONGEST_INVOCATION_MS);
  }

  /** Ends a hold. @param visibility for which the message stays hidden from now on */
  letGo(handle: string, visibility: number): void {
    const message = this.#byHandle.get(handle);
    if (!message?.isHeld) return;
    message.isHeld = false;
    if (this.#unhide(message)) this.#hide(message, visibility);
  }

  /** Takes the oldest visible message out, without receiving it. */
  shift(): Message | undefined {
    const message = this.#visible.shift();
    if (message) this.#forget(message);
    return message;
  }

  depth(): QueueDepth {
    return { visible: this.#visible.length, inFlight: this.#inFlight.size, delayed: this.#delayed.size };
  }

  /** Empties the queue; its timers end. */
  purge(): void {
    for (const timer of [...this.#inFlight.values(), ...this.#delayed.values()]) clearTimeout(timer);
    this.#inFlight.clear();
    this.#delayed.clear();
    this.#byHandle.clear();
    this.#visible.length = 0;
    this.#options.onChange();
  }

  #givesUp(message: Message): boolean {
    const policy = this.redrivePolicy;
    if (!policy || message.receiveCount < policy.maxReceiveCount) return false;
    if (!this.#options.deadLetter(this, message, policy)) return false;
    this.#forget(message);
    return true;
  }

  #hide(message: Message, visibility: number): void {
    if (visibility > 0) this.#wait(this.#inFlight, message, visibility);
    else this.#show(message);
  }

  #unhide(message: Message): boolean {
    clearTimeout(this.#inFlight.get(message));
    return this.#inFlight.delete(message);
  }

  /** Keeps a message in a hidden state until its time is over. */
  #wait(state: Map<Message, NodeJS.Timeout>, message: Message, ms: number): void {
    const show = () => {
      state.delete(message);
      this.#show(message);
    };
    state.set(message, setTimeout(show, ms).unref());
  }

  #show(message: Message): void {
    this.#visible.splice(this.#order.placeOf(message, this.#visible), 0, message);
    this.#wake();
  }

  /** Groups of which somebody is working on messages. */
  #heldGroups(): ReadonlySet<string> {
    return this.isFifo ? new Set([...this.#inFlight.keys()].flatMap(({ group }) => group?.id ?? [])) : NONE;
  }

  #wake(): void {
    // All of them: the first may have hung up by now.
    for (const wake of this.#waiting) wake();
  }

  #forget(message: Message): void {
    if (message.handle) this.#byHandle.delete(message.handle);
    message.handle = undefined;
  }
}
