import type { Destination } from '#shared/environment/destination.ts';
import type { Ledger } from '#shared/ledger/ledger.ts';
import type { Clock } from '#shared/ports/clock.ts';
import type { EventBus } from '#shared/ports/event-bus.ts';
import type { PayloadStore } from '#shared/ports/payload-store.ts';
import type { Telemetry } from '#shared/ports/telemetry.ts';
import type { SigningSecrets } from './signing-secrets.ts';

/** Everything the ingress does to the world outside. */
export interface IngressPorts {
  readonly destinations: readonly Destination[];
  readonly secrets: SigningSecrets;
  readonly ledger: Ledger;
  readonly bus: EventBus;
  readonly payloads: PayloadStore;
  readonly clock: Clock;
  /** Metrics and logs under a configured destination's name, or `unknown`: never under a name from the request. */
  telemetryFor(destination: string): Telemetry;
  /** Bytes of detail above which an event goes to the payload store. */
  readonly inlineLimit: number;
  /** Waits between looks at an event that is in flight elsewhere. */
  sleep(ms: number): Promise<void>;
}
