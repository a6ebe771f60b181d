import type { DomainOrUnrecognized } from '#shared/catalogue/domains.ts';
import type { Ledger } from '#shared/ledger/ledger.ts';
import type { ObjectStore } from '#shared/ports/object-store.ts';
import type { PayloadEraser } from '#shared/ports/payload-eraser.ts';
import type { PayloadStore } from '#shared/ports/payload-store.ts';
import type { RefreshRequests } from '#shared/ports/refresh-requests.ts';
import type { TeamRows } from '#shared/ports/team-rows.ts';
import type { QueuePorts } from '#shared/queues/queue-ports.ts';

/** How much of a domain's objects is kept: all, the named top-level fields, or nothing. */
export type ProjectionMode = 'full' | 'off' | readonly string[];

/** What the objects table is to say: what the events say, or what Stripe's API says after each of them. */
export type Freshness = 'event' | 'latest';

/** Everything a domain's handler does to the world outside, and what it is configured to do. */
export interface HandlerPorts extends QueuePorts {
  readonly domain: DomainOrUnrecognized;
  readonly projection: ProjectionMode;
  readonly freshness: Freshness;
  readonly refreshes: RefreshRequests;
  readonly objects: ObjectStore;
  readonly teamRows: TeamRows;
  readonly payloads: PayloadStore & PayloadEraser;
  /** @param leaseMs longer than the invocation can last, so that a live owner is never overtaken */
  ledgerWith(leaseMs: number): Ledger;
}
