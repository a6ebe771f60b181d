import type { PacerPorts } from '#shared/pacing/pacer.ts';
import type { DomainQueues } from '#shared/ports/domain-queues.ts';
import type { ObjectStore } from '#shared/ports/object-store.ts';
import type { PayloadStore } from '#shared/ports/payload-store.ts';
import type { StripeApi } from '#shared/ports/stripe-api.ts';
import type { Telemetry } from '#shared/ports/telemetry.ts';
import type { QueuePorts } from '#shared/queues/queue-ports.ts';
import type { NotFoundBreaker } from '../not-found-breaker.ts';

/** What fetching present states does to the world outside, and what it is configured to do. */
export interface RefreshPorts extends QueuePorts, PacerPorts {
  readonly stripe: StripeApi;
  /** The same that notifications meet: a wrong key is wrong for both. */
  readonly breaker: NotFoundBreaker;
  /** Requests a second that one invocation may make of Stripe. */
  readonly requestsPerSecond: number;
  /** What Stripe is asked counts where the requests for notifications count. */
  readonly asking: Telemetry;
  readonly objects: Pick<ObjectStore, 'read'>;
  readonly payloads: Pick<PayloadStore, 'put'>;
  /** Bytes of a state above which it goes to the payload store. */
  readonly inlineLimit: number;
  readonly domains: DomainQueues;
}
