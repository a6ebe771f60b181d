import type { Clock } from '#shared/ports/clock.ts';
import { intern } from './interning.ts';
import { isAnswered, isCrash, isDone, isDoneLater, type Outcome } from './outcomes.ts';

/** A call to the world outside, as a port makes it. */
export interface Call<Answer> {
  /** Unique among the calls that one invocation has open at a time. */
  readonly name: string;
  /** Nobody else can see it or be seen by it, so it need not be tried before and after what others do. */
  readonly isPrivate?: boolean;
  readonly outcomes: readonly Outcome[];
  /** Made when the call leaves the process; what it returns is done to the other side once, at once or later. */
  send(): () => Answer;
  /** What the caller sees of an `error`. */
  refused?(): Error;
  /** What the caller sees where nobody can know whether it was done. */
  unknown?(): Error;
  /** What the caller sees of `absent`. */
  absent?(): Error;
}

/** What a call that was given up still does to the other side. */
export interface Landing {
  readonly name: string;
  /** Equal for equal effects. */
  readonly identity: number;
  land(): void;
}

interface Waiting extends Omit<Call<unknown>, 'send'> {
  send(): () => unknown;
  resolve(answer: unknown): void;
  reject(error: unknown): void;
}

/** What deliveries are called: more than the command line asks for, with the receivers of a program. */
const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';

/** One invocation: a process whose every call waits until the scheduler says how it ends. */
export class Actor {
  readonly name: string;
  readonly delivery: number;
  readonly attempt: number;
  readonly clock: Clock;
  /**
   * All that the process has seen, as a number: it is deterministic, so this stands for its whole state. It does not
   * name the process, as deliveries of one event are interchangeable.
   */
  history: number;
  state: 'running' | 'ended' | 'crashed' = 'running';
  /** A call on its ledger row had a fault, or the process ended in the midst of one. */
  leftRowOpen = false;
  readonly #waiting = new Map<string, Waiting>();
  readonly #now: () => number;

  /** @param kind of delivery: what it is about, where not all are about the same */
  constructor(delivery: number, attempt: number, now: () => number, kind: string) {
    this.name = `${LETTERS[delivery]}${attempt}`;
    this.delivery = delivery;
    this.attempt = attempt;
    this.#now = now;
    this.history = intern(`attempt ${attempt} ${kind}`);
    this.clock = {
      now: () => {
        this.#saw(`time ${now()}`);
        return now();
      },
    };
  }

  /** The calls that wait, each with the ways in which it can end. */
  get waiting(): readonly Pick<Call<unknown>, 'name' | 'outcomes' | 'isPrivate'>[] {
    return [...this.#waiting.values()];
  }

  /** Notes what the process was started with, where that is not the same for all of its kind. */
  given(what: string): void {
    this.#saw(`given ${what}`);
  }

  call<Answer>(call: Call<Answer>): Promise<Answer> {
    // A real timer may wake what is left of a process that has crashed here: it must reach nothing.
    if (this.state !== 'running') return new Promise(() => undefined);
    if (this.#waiting.has(call.name)) throw new Error(`${this.name} has two open calls named ${call.name}`);
    return new Promise<Answer>((resolve, reject) => {
      this.#waiting.set(call.name, { ...call, resolve: resolve as (answer: unknown) => void, reject });
    });
  }

  /** Lets a waiting call end. @returns what it will still do to the other side later */
  end(name: string, outcome: Outcome): readonly Landing[] {
    const call = this.#waiting.get(name);
    if (call === undefined) throw new Error(`${this.name} has no open call named ${name}`);
    this.#waiting.delete(name);

    const identity = this.#identityOfSent();
    const effect = call.send();
    const landed = isDone(outcome) ? attempt(effect) : undefined;
    if (isCrash(outcome)) this.#stop('crashed');
    else if (isAnswered(outcome) && landed !== undefined) this.#settle(call, landed);
    else this.#settle(call, { error: seenOf(call, outcome) });
    if (!isDoneLater(outcome)) return [];
    return [{ name: `${this.name}.${name}`, identity, land: () => void attempt(effect) }];
  }

  /** The process has answered: what it left open goes on without it. */
  finish(): readonly Landing[] {
    const identity = this.#identityOfSent();
    const left = [...this.#waiting.values()].map(({ name, send }) => {
      const effect = send();
      return { name: `${this.name}.${name}`, identity, land: () => void attempt(effect) };
    });
    this.#stop('ended');
    return left;
  }

  /** What a call does follows from what the process has seen, and from the time at which it leaves it. */
  #identityOfSent(): number {
    return intern(`${this.history} sent ${this.#now()}`);
  }

  #settle(call: Waiting, landed: Landed): void {
    const seen = 'error' in landed ? String(landed.error) : (JSON.stringify(landed.answer) ?? '');
    this.#saw(`${call.name} ${seen.replaceAll(this.name, '~')}`);
    if ('error' in landed) call.reject(landed.error);
    else call.resolve(landed.answer);
  }

  #stop(state: 'ended' | 'crashed'): void {
    this.state = state;
    this.leftRowOpen ||= state === 'crashed';
    this.#waiting.clear();
  }

  #saw(what: string): void {
    // The text by itself, which is long and comes after many histories, is kept once.
    this.history = intern(`${this.history} ${intern(what)}`);
  }
}

function seenOf(call: Waiting, outcome: Outcome): Error | undefined {
  if (outcome === 'absent') return call.absent?.();
  return (outcome === 'error' ? call.refused?.() : undefined) ?? call.unknown?.();
}

type Landed = { readonly answer: unknown } | { readonly error: unknown };

function attempt(effect: () => unknown): Landed {
  try {
    return { answer: effect() };
  } catch (error) {
    return { error };
  }
}
