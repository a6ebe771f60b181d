import type { QueueOwner } from '#shared/naming/resource-names.ts';
import type { DeadLetter } from '#shared/operations/dead-letter.ts';
import type { HeldLock } from '#shared/operations/operator-lock.ts';
import type { Sent } from '#shared/operations/operator-queues.ts';
import type { CommandContext } from '../command.ts';
import { assertNoMove } from './assert-no-move.ts';
import type { DeadLetterDesk } from './dead-letter-desk.ts';
import { type Examined, examine } from './examined.ts';
import type { Filter } from './filter.ts';
import { Holding } from './holding.ts';
import { type Hold, locked } from './locked.ts';
import { Pacer } from './pacer.ts';
import { HIDE_SECONDS } from './scan.ts';

/** Milliseconds by which this machine's clock may differ from SQS's: a signed request may by five minutes. */
const SKEW_MS = 300_000;

export interface MoveOptions {
  readonly owner: QueueOwner;
  readonly filter: Pick<Filter, 'chooses'>;
  /** Messages a second. */
  readonly rate: number;
  /** Most messages to move; `Infinity` for all. */
  readonly limit: number;
  /** How many there are at most, for the progress. */
  readonly expected: number;
  /** The command, for whoever meets the lock, and for the progress. */
  readonly what: string;
  /** Brings one message to its new place. Only after `sent` is it deleted from the DLQ. */
  readonly deliver: (examined: Examined) => Promise<Sent>;
}

/** What a move did, and what it cannot know. */
export interface Moved {
  /** In the new place, and gone from the DLQ. */
  readonly moved: number;
  /** Not chosen, or beyond the limit; still in the DLQ. */
  readonly left: number;
  /** Moved by this run, failed again, and left in the DLQ: moving it once more would go on for ever. */
  readonly cameBack: number;
  /** Still in the DLQ, since the new place refused them. */
  readonly refused: readonly { readonly event: string; readonly reason: string }[];
  /** May be in both places: an answer was lost. Handling one twice changes nothing. */
  readonly unknown: readonly string[];
  /** Out of sight in the DLQ: another reader has them, or a command that was killed. They come back by themselves. */
  readonly hidden: number;
  /** A command before this one that was killed, and what it and those before it had in hand then. */
  readonly interrupted?: Pick<HeldLock, 'what' | 'startedAt' | 'moved'> & { readonly unknown: readonly string[] };
  /** `false` when it was stopped before it had seen all. */
  readonly complete: boolean;
}

/**
 * Moves the chosen messages out of a DLQ, one by one: bring it to its place, then delete it. Killed at any point, it
 * leaves every message in at least one of the two places, and a note of which were in hand.
 * @throws {OperatorFault} another command or a native move works on this DLQ
 */
export function moveChosen(desk: DeadLetterDesk, options: MoveOptions, context: CommandContext): Promise<Moved> {
  const { owner, what } = options;
  return locked(desk.lock, owner, what, context, async (hold) => {
    const url = desk.urlsOf(owner).deadLetters;
    await assertNoMove(desk.queues, url);
    return new Mover(desk, options, context, hold, url, await desk.failuresOf(owner)).run();
  });
}

class Mover {
  readonly #desk: DeadLetterDesk;
  readonly #options: MoveOptions;
  readonly #context: CommandContext;
  readonly #hold: Hold;
  readonly #url: string;
  readonly #failures: Awaited<ReturnType<DeadLetterDesk['failuresOf']>>;
  readonly #pacer: Pacer;
  readonly #moved = new Set<string>();
  readonly #startedAt: number;
  readonly #unknown: string[] = [];
  readonly #refused: { event: string; reason: string }[] = [];
  #count = 0;
  #left = 0;
  #cameBack = 0;

  constructor(
    desk: DeadLetterDesk,
    options: MoveOptions,
    context: CommandContext,
    hold: Hold,
    url: string,
    failures: Awaited<ReturnType<DeadLetterDesk['failuresOf']>>,
  ) {
    this.#desk = desk;
    this.#options = options;
    this.#context = context;
    this.#hold = hold;
    this.#url = url;
    this.#failures = failures;
    this.#startedAt = context.now();
    this.#pacer = new Pacer(options.rate);
  }

  async run(): Promise<Moved> {
    const { signal } = this.#context;
    const holding = new Holding({ queues: this.#desk.queues, url: this.#url, hideSeconds: HIDE_SECONDS, signal });
    // No more at a time than pass in a second, so that none waits longer than it is hidden.
    const batchSize = Math.min(10, this.#options.rate);
    try {
      for await (const batch of holding.batches(batchSize)) {
        await this.#moveBatch(batch, holding);
        if (this.#isOver()) break;
      }
    } finally {
      await holding.putBack();
    }
    await this.#note([]);
    const { hidden } = await this.#desk.queues.counts(this.#url);
    return this.#result(hidden);
  }

  #isOver(): boolean {
    return this.#context.signal.aborted || this.#count + this.#unknown.length >= this.#options.limit;
  }

  async #moveBatch(batch: readonly DeadLetter[], holding: Holding): Promise<void> {
    const chosen = this.#choose(batch.map((message) => examine(message, this.#failures)));
    // Noted before anything happens to them: whoever comes after a crash reads which may be in both places.
    await this.#note(chosen.map(({ event }) => event));
    for (const examined of chosen) {
      await this.#pacer.turn(this.#context.signal);
      if (this.#isOver()) this.#left += 1;
      else await this.#moveOne(examined, holding);
    }
  }

  #choose(batch: readonly Examined[]): Examined[] {
    return batch.filter((examined) => {
      const isNew = examined.message.sentAt > this.#startedAt - SKEW_MS;
      if (isNew && this.#moved.has(examined.event)) this.#cameBack += 1;
      else if (this.#options.filter.chooses(examined)) return true;
      else this.#left += 1;
      return false;
    });
  }

  async #moveOne(examined: Examined, holding: Holding): Promise<void> {
    const { event, message } = examined;
    const sent = await this.#options.deliver(examined);
    this.#moved.add(event);
    if (sent.outcome === 'refused') {
      this.#refused.push({ event, reason: sent.reason });
    } else if (sent.outcome === 'unknown' || !(await this.#isRemoved(message))) {
      this.#unknown.push(event);
    } else {
      holding.forget(message);
      this.#count += 1;
    }
    const { limit, expected, what } = this.#options;
    this.#context.bar(what, this.#count, Math.min(limit, Math.max(expected, this.#count)));
  }

  async #isRemoved({ receiptHandle }: DeadLetter): Promise<boolean> {
    return this.#desk.queues.remove(this.#url, receiptHandle).then(
      () => true,
      () => false,
    );
  }

  #note(inHand: readonly string[]): Promise<void> {
    return this.#hold.note({ moved: this.#count, inHand });
  }

  #result(hidden: number): Moved {
    const { interrupted } = this.#hold;
    return {
      moved: this.#count,
      left: this.#left,
      cameBack: this.#cameBack,
      hidden,
      refused: this.#refused,
      unknown: this.#unknown,
      complete: !this.#context.signal.aborted,
      ...(interrupted === undefined
        ? {}
        : {
            interrupted: {
              what: interrupted.what,
              startedAt: interrupted.startedAt,
              moved: interrupted.moved,
              unknown: [...new Set([...interrupted.unreported, ...interrupted.inHand])],
            },
          }),
    };
  }
}
