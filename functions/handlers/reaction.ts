import { PipelineError } from '#shared/errors/pipeline-error.ts';
import type { EventOf, StripeEventType } from '#shared/event/event-of.ts';
import type { TeamRow } from '#shared/ports/team-rows.ts';

/** What a reaction may use beside the event. */
export interface ReactionContext {
  /** The same for every run of this reaction for this event: hand it to whatever is called outside. At most 255 characters. */
  readonly idempotencyKey: string;
  /** Ends before Lambda's timeout: hand it to every call. */
  readonly signal: AbortSignal;
  /** Writes a log line with the event's id. Never log the object itself: it holds personal data. */
  log(message: string, fields?: Readonly<Record<string, unknown>>): void;
  /**
   * Keeps a row of the team's own in the objects table, under a key of a kind of its own: `dunning:in_…`. Several under
   * one key have a `part` each.
   * @returns `false` when a newer row stands there
   * @throws {TeamKeyRefused} when the key is one under which Stripe's objects are kept
   */
  keep(row: Pick<TeamRow, 'object' | 'part' | 'data'>): Promise<boolean>;
}

/**
 * What a team does when an event happens. Runs once for each event as far as the ledger can tell: after a crash it may
 * run again, so calls outside take `context.idempotencyKey`. Whatever it throws is tried again by the retry schedule,
 * but for what says otherwise: `Retry` (at another time), `Park` (no retry can help) and `Skip` (nothing to do).
 */
export type Reaction<Type extends StripeEventType> = (event: EventOf<Type>, context: ReactionContext) => Promise<void>;

/** A team's reactions by event type; several for one type have names, and each is done once by itself. */
export type Reactions = {
  readonly [Type in StripeEventType]?: Reaction<Type> | Readonly<Record<string, Reaction<Type>>>;
};

/** What a reaction may say about an outcome besides its message. */
export interface OutcomeOptions extends ErrorOptions {
  /** The team's own name for the reason, snake_case: operators group failures by it. Metrics never carry it. */
  readonly code?: string;
}

export interface RetryOptions extends OutcomeOptions {
  /**
   * Seconds until the next try, 0 to 43,200.
   * @default as the retry schedule says
   */
  readonly afterSeconds?: number;
}

/** Thrown by a reaction: it did not work now and may later, for a reason worth a name or at a time known better. */
export class Retry extends PipelineError {
  readonly code: string;
  readonly disposition = 'retry';
  readonly remedy = 'It is tried again. If it lasts, mend what the message names, then redrive.';
  override readonly retryAfterSeconds: number | undefined;

  constructor(message: string, { code = 'retry_by_reaction', afterSeconds, ...rest }: RetryOptions = {}) {
    super(message, rest);
    this.code = code;
    this.retryAfterSeconds = afterSeconds;
  }
}

/** Thrown by a reaction: no retry can help, so the message goes to the DLQ at once, with this reason. */
export class Park extends PipelineError {
  readonly code: string;
  readonly disposition = 'park';
  readonly remedy = 'Mend what the message names, then redrive.';

  constructor(message: string, { code = 'parked_by_reaction', ...rest }: OutcomeOptions = {}) {
    super(message, rest);
    this.code = code;
  }
}

/** Thrown by a reaction: there is nothing to do for this event after all. */
export class Skip extends PipelineError {
  readonly code: string;
  readonly disposition = 'skip';
  readonly remedy = 'Nothing to do.';

  constructor(message: string, { code = 'skipped_by_reaction', ...rest }: OutcomeOptions = {}) {
    super(message, rest);
    this.code = code;
  }
}
