import type { HandlerPorts } from '#functions/handlers/ports.ts';
import type { RefreshPorts } from '#functions/resolver/refresh/ports.ts';
import type { Destination } from '#shared/environment/destination.ts';
import type { Ledger } from '#shared/ledger/ledger.ts';
import type { EventBus } from '#shared/ports/event-bus.ts';
import type { PublishedEvents } from '#shared/ports/published-events.ts';
import type { StripeApi } from '#shared/ports/stripe-api.ts';
import type { Telemetry } from '#shared/ports/telemetry.ts';
import type { Rules } from './stepped-ledger.ts';

/** Where a planted bug can sit: between a program and its ports, or in the rules of the table. */
export interface Sabotage {
  readonly rules?: Rules;
  ledger?(ledger: Ledger): Ledger;
  handler?(ports: HandlerPorts): HandlerPorts;
  /** What the resolver answers requests for present states with. */
  refresh?(ports: RefreshPorts): RefreshPorts;
  bus?(bus: EventBus): EventBus;
  /** Only the resolver's ledger, after `ledger`. */
  resolverLedger?(ledger: Ledger): Ledger;
  stripe?(api: StripeApi): StripeApi;
  published?(events: PublishedEvents): PublishedEvents;
  /** What the resolver believes to be configured. */
  readonly destinations?: readonly Destination[];
  telemetry?(telemetry: Telemetry): Telemetry;
}
