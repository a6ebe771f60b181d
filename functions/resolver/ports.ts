import type { Destination } from '#shared/environment/destination.ts';
import type { Ledger } from '#shared/ledger/ledger.ts';
import type { Deadlines } from '#shared/ledger/run-once.ts';
import type { PacerPorts } from '#shared/pacing/pacer.ts';
import type { StripeApi } from '#shared/ports/stripe-api.ts';
import type { PublishPorts } from '#shared/publishing/publish.ts';
import type { QueuePorts } from '#shared/queues/queue-ports.ts';
import type { PacedStripe } from '#shared/stripe/paced-stripe.ts';
import type { NotFoundBreaker } from './not-found-breaker.ts';

/** Everything the resolver does to the world outside, and what it is configured to do. */
export interface ResolverPorts extends QueuePorts, PublishPorts, PacerPorts {
  readonly stripe: StripeApi;
  /** Kept from one invocation to the next. */
  readonly breaker: NotFoundBreaker;
  /** What comes in which style tells whether an event can have a twin. */
  readonly destinations: readonly Destination[];
  /** Requests a second that one invocation may make of Stripe. */
  readonly requestsPerSecond: number;
  /** @param leaseMs longer than the invocation can last, so that a live owner is never overtaken */
  ledgerWith(leaseMs: number): Ledger;
}

/** What one invocation resolves with. */
export interface Invocation {
  readonly ledger: Ledger;
  readonly stripe: PacedStripe;
  readonly deadlines: Deadlines;
}
