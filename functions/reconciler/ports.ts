import type { StripeConfiguration } from '#shared/destinations/stripe-configuration.ts';
import type { PublishedEvents } from '#shared/ports/published-events.ts';
import type { ReconcileProgress } from '#shared/ports/reconcile-progress.ts';
import type { StripeApi } from '#shared/ports/stripe-api.ts';
import type { Telemetry } from '#shared/ports/telemetry.ts';
import type { PublishOncePorts } from '#shared/publishing/publish-once.ts';

/** Everything the reconciler knows, and does to the world outside. */
export interface ReconcilerPorts extends PublishOncePorts {
  readonly configuration: StripeConfiguration;
  readonly webhookUrl: string;
  readonly installation: string;
  /** At the pace that this function may keep, and patient: nobody behind it tries again. */
  readonly stripe: StripeApi;
  readonly published: PublishedEvents;
  readonly progress: ReconcileProgress;
  /** Written at once where it must be known though the invocation is killed right after. */
  readonly telemetry: Telemetry & { flush(): void };
  /** Makes a text that nobody has used. */
  newId(): string;
}
