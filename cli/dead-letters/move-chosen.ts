import type { QueueOwner } from '#shared/naming/resource-names.ts';
import type { HeldLock, OperatorLock } from '#shared/operations/operator-lock.ts';
import type { Sent } from '#shared/operations/operator-queues.ts';
import type { CommandContext } from '../command.ts';
import type { DeadLetterSource } from './dead-letter-source.ts';
import type { Examined } from './examined.ts';
import type { Filter } from './filter.ts';
import { type Hold, locked } from './locked.ts';
import { Pacer } from './pacer.ts';

/** Milliseconds by which this machine's clock may differ from SQS's: a signed request may by five minutes. */
const SKEW_MS = 300_000;

export interface MoveOptions {
  readonly lock: OperatorLock;
  readonly owner: QueueOwner;
  /** Called once this command has the domain's lock. */
  readonly open: () => Promise<DeadLetterSource>;
  readonly filter: Pick<Filter, 'chooses'>;
  /** Messages a second. */
  readonly rate: number;
  /** Most messages to move; `Infinity` for all. */
  readonly limit: number;
  /** How many there are at most, for the progress. */
  readonly expected: number;
  /** The command, for whoever meets the lock, and for the progress. */
  readonly what: string;
  /** Brings one message to its new place. Only after `sent` is it removed from the source. */
  readonly deliver: (examined: Examined) => Promise<Sent>;
}

/** What a move did, and what it cannot know. */
export interface Moved {
  /** In the new place, and gone from the old one. */
  readonly moved: number;
  /** Not chosen, or beyond the limit; still where they were. */
  readonly left: number;
  /** Moved by this run, failed again, and left in the DLQ: moving it once more would go on for ever. */
  readonly cameBack: number;
  /** Still where they were, since the new place refused them. */
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
 * Moves the chosen messages, one by one: bring it to its place, then remove it. Killed at any point, it leaves every
 * message in at least one of the two places, and a note of which were in hand.
 * @throws {OperatorFault} another command or a native move works on this domain
 */
export function moveChosen(options: MoveOptions, context: CommandContext): Promise<Moved> {
  const { lock, owner, what, open } = options;
  return locked(lock, owner, what, context, async (hold) => new Mover(options, context, hold, await open()).run());
}

class Mover {
  readonly #options: MoveOptions;
  readonly #context: CommandContext;
  readonly #hold: Hold;
  readonly #source: DeadLetterSource;
  readonly #pacer: Pacer;
  readonly #startedAt: number;
  readonly #moved = new Set<string>();
  readonly #unknown: string[] = [];
  readonly #refused: { event: string; reason: string }[] = [];
  #count = 0;
  #left = 0;
  #cameBack = 0;

  constructor(options: MoveOptions, context: CommandContext, hold: Hold, source: DeadLetterSource) {
    this.#options = options;
    this.#context = context;
    this.#hold = hold;
    this.#source = source;
    this.#startedAt = context.now();
    this.#pacer = new Pacer(options.rate);
  }

  async run(): Promise<Moved> {
    // No more at a time than pass in a second, so that none waits longer than it is hidden.
    const batchSize = Math.min(10, this.#options.rate);
    let hidden = 0;
    try {
      for await (const batch of this.#source.batches(batchSize)) {
        await this.#moveBatch(batch);
        if (this.#isOver()) break;
      }
    } finally {
      hidden = await this.#source.close();
    }
    await this.#note([]);
    return this.#result(hidden);
  }

  #isOver(): boolean {
    return this.#context.signal.aborted || this.#count + this.#unknown.length >= this.#options.limit;
  }

  async #moveBatch(batch: readonly Examined[]): Promise<void> {
    const chosen = batch.filter((examined) => this.#chooses(examined));
    // Noted before anything happens to them: whoever comes after a crash reads which may be in both places.
    await this.#note(chosen.map(({ event }) => event));
    for (const examined of chosen) {
      await this.#pacer.turn(this.#context.signal);
      if (this.#isOver()) this.#left += 1;
      else await this.#moveOne(examined);
    }
  }

  #chooses(examined: Examined): boolean {
    const isNew = examined.message.sentAt > this.#startedAt - SKEW_MS;
    if (isNew && this.#moved.has(examined.event)) this.#cameBack += 1;
    else if (this.#options.filter.chooses(examined)) return true;
    else this.#left += 1;
    return false;
  }

  async #moveOne(examined: Examined): Promise<void> {
    const { event } = examined;
    const delivered = await this.#options.deliver(examined);
    this.#moved.add(event);
    if (delivered.outcome === 'refused') this.#refused.push({ event, reason: delivered.reason });
    else if (delivered.outcome === 'sent' && (await this.#isRemoved(examined))) this.#count += 1;
    else this.#unknown.push(event);
    const { limit, expected, what } = this.#options;
    this.#context.bar(what, this.#count, Math.min(limit, Math.max(expected, this.#count)));
  }

  async #isRemoved(examined: Examined): Promise<boolean> {
    return this.#source.remove(examined).then(
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
