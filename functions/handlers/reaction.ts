import type Stripe from 'stripe';
import { PipelineError } from '#shared/errors/pipeline-error.ts';
import type { Fanout } from '#shared/event/fanout.ts';
import type { TeamRow } from '#shared/ports/team-rows.ts';

/** Every event type that the installed `stripe` package describes. */
export type ReactionType = Stripe.Event['type'];

/** Stripe's event of one type, and how it came. */
export type EventOf<Type extends ReactionType> = Extract<Stripe.Event, { type: Type }> & { readonly fanout: Fanout };

/** What a reaction may use beside the event. */
export interface ReactionContext {
  /** The same for every run of this reaction for this event: hand it to whatever is called outside. At most 255 characters. */
  readonly idempotencyKey: string;
  /** Ends before Lambda's timeout: hand it to every call. */
  readonly signal: AbortSignal;
  /** Writes a log line with the event's id. Never log the object itself: it holds personal data. */
  log(message: string, fields?: Readonly<Record<string, unknown>>): void;
  /** Keeps a row of the team's own in the objects table. @returns `false` when a newer row stands there */
  keep(row: Pick<TeamRow, 'object' | 'data'>): Promise<boolean>;
}

/**
 * What a team does when an event happens. Runs once for each event as far as the ledger can tell: after a crash it may
 * run again, so calls outside take `context.idempotencyKey`. Throws {@link Park} or {@link Skip} to say that trying
 * again is pointless; anything else is tried again by the retry schedule.
 */
export type Reaction<Type extends ReactionType> = (event: EventOf<Type>, context: ReactionContext) => Promise<void>;

/** A team's reactions by event type; several for one type have names, and each is done once by itself. */
export type Reactions = {
  readonly [Type in ReactionType]?: Reaction<Type> | Readonly<Record<string, Reaction<Type>>>;
};

/** Thrown by a reaction: no retry can help, so the message goes to the DLQ at once, with this reason. */
export class Park extends PipelineError {
  readonly code = 'parked_by_reaction';
  readonly disposition = 'park';
  readonly remedy = 'Mend what the message names, then redrive.';
}

/** Thrown by a reaction: there is nothing to do for this event after all. */
export class Skip extends PipelineError {
  readonly code = 'skipped_by_reaction';
  readonly disposition = 'skip';
  readonly remedy = 'Nothing to do.';
}
