import type { StripeConfiguration } from '#shared/destinations/stripe-configuration.ts';
import type { Clock } from '#shared/ports/clock.ts';
import type { PublishedEvents } from '#shared/ports/published-events.ts';
import type { StripeApi } from '#shared/ports/stripe-api.ts';
import type { Telemetry } from '#shared/ports/telemetry.ts';

/** Everything the destination check knows and does. */
export interface DestinationCheckPorts {
  readonly configuration: StripeConfiguration;
  readonly webhookUrl: string;
  readonly installation: string;
  readonly stripe: StripeApi;
  readonly published: PublishedEvents;
  readonly telemetry: Telemetry;
  readonly clock: Clock;
}
