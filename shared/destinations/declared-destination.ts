import type { Destination } from '../environment/destination.ts';

/** A destination as `infra/config.ts` declares it: what the ingress takes there, and what Stripe is to send. */
export interface DeclaredDestination extends Destination {
  /**
   * By which of its APIs Stripe is told. `classic` makes the webhook endpoints of API v1 (`we_…`) for snapshots: for
   * accounts or keys that may not use event destinations, and for endpoints that exist and are to be kept.
   * @default 'event-destination'
   */
  readonly endpoint?: 'event-destination' | 'classic';
  /**
   * Stripe's names of types to ask for beside those of the catalogue: newer ones, or `issuing_authorization.request`,
   * which waits for a decision that an ordinary destination cannot give.
   * @default none
   */
  readonly alsoSend?: readonly string[];
  /**
   * Names of types not to ask for.
   * @default none
   */
  readonly leaveOut?: readonly string[];
}
