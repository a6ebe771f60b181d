import type { PartnerSource } from '#shared/environment/partner-source.ts';
import type { Ledger } from '#shared/ledger/ledger.ts';
import type { Telemetry } from '#shared/ports/telemetry.ts';
import type { PublishPorts } from '#shared/publishing/publish.ts';
import type { QueuePorts } from '#shared/queues/queue-ports.ts';

/** Everything the partner ingress does to the world outside. */
export interface PartnerIngressPorts extends QueuePorts, PublishPorts {
  readonly sources: readonly PartnerSource[];
  /** Metrics and logs under the name of a declared source. */
  telemetryFor(source: PartnerSource): Telemetry;
  /** @param leaseMs longer than the invocation can last, so that a live owner is never overtaken */
  ledgerWith(leaseMs: number): Ledger;
  /** Waits between looks at an event that is in flight elsewhere. */
  sleep(ms: number): Promise<void>;
}
