import type { JobState, ListProgress, ReconcileProgress, Round } from '#shared/ports/reconcile-progress.ts';
import { addCounts, NOTHING_COUNTED, type ReconcileCounts } from '#shared/reconcile/reconcile-report.ts';

/** Another invocation has taken the job, because this one was slow: it must write no more. */
export class JobTaken extends Error {
  override readonly name = 'JobTaken';
}

interface Held {
  readonly id: string;
  readonly owner: string;
  readonly round: Round;
}

/** A job in the hands of one invocation: where each list stands, kept as it goes on. */
export class Job {
  readonly round: Round;
  readonly #held: Held;
  readonly #store: ReconcileProgress;
  readonly #lists: Map<string, ListProgress>;
  #current: ListProgress | undefined;

  private constructor(store: ReconcileProgress, held: Held, lists: readonly ListProgress[]) {
    this.#store = store;
    this.#held = held;
    this.round = held.round;
    this.#lists = new Map(lists.map((one) => [one.list, one]));
  }

  /** @param left where the invocation before was, which may have been killed: a list's own row is written at its end */
  static async open(
    store: ReconcileProgress,
    held: Held,
    left: ListProgress | undefined,
    signal: AbortSignal,
  ): Promise<Job> {
    const job = new Job(store, held, await store.lists(held.id, signal));
    if (left?.round === held.round.id && !job.isDone(left.list)) await job.put(left, signal);
    return job;
  }

  /** How far each list is, or was in an earlier round. */
  get known(): ReadonlyMap<string, ListProgress> {
    return this.#lists;
  }

  isDone(list: string): boolean {
    const progress = this.#lists.get(list);
    return progress?.round === this.round.id && progress.isDone;
  }

  /** What was counted in this round. */
  get counts(): ReconcileCounts {
    const ofRound = [...this.#lists.values()].filter(({ round }) => round === this.round.id);
    return ofRound.reduce((sum, { counts }) => addCounts(sum, counts), NOTHING_COUNTED);
  }

  /** Keeps how far a list is, in the one write that also keeps the job. @throws {JobTaken | LedgerUnavailable} */
  async save(progress: ListProgress, signal: AbortSignal): Promise<void> {
    const { id, owner } = this.#held;
    const state: JobState = { round: this.round, current: progress };
    if (!(await this.#store.save(id, owner, state, signal))) {
      throw new JobTaken(`The job ${id} is another invocation's by now.`);
    }
    this.#current = progress;
    this.#lists.set(progress.list, progress);
  }

  /** Keeps a list's progress in a row of its own: another list comes next. @throws {JobTaken | LedgerUnavailable} */
  async put(progress: ListProgress, signal: AbortSignal): Promise<void> {
    await this.save(progress, signal);
    await this.#store.saveList(this.#held.id, progress, signal);
  }

  /** Gives the job back. @param round as it is to be known from now on */
  async release(round: Round, signal: AbortSignal): Promise<void> {
    const state = { round, ...(this.#current !== undefined && { current: this.#current }) };
    await this.#store.release(this.#held.id, this.#held.owner, state, signal);
  }
}
