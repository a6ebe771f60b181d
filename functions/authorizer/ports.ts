import type { Destination } from '#shared/environment/destination.ts';
import type { Ledger } from '#shared/ledger/ledger.ts';
import type { Spending } from '#shared/ports/spending.ts';
import type { TeamRows } from '#shared/ports/team-rows.ts';
import type { Telemetry } from '#shared/ports/telemetry.ts';
import type { PublishPorts } from '#shared/publishing/publish.ts';
import type { SigningSecrets } from '#shared/webhook/signing-secrets.ts';
import type { AuthorizationPolicy } from './authorization-policy.ts';

/** Everything the authorizer does to the world outside, and how it is configured. */
export interface AuthorizerPorts extends PublishPorts {
  /** Stripe's real-time endpoint, as the stage declares it. */
  readonly destination: Destination;
  readonly secrets: SigningSecrets;
  readonly ledger: Ledger;
  readonly spending: Spending;
  readonly teamRows: TeamRows;
  readonly telemetry: Telemetry;
  readonly policy: AuthorizationPolicy;
  /** The answer where the policy gives none in time. */
  readonly fallback: 'approve' | 'decline';
  /** Milliseconds that the policy has. */
  readonly policyMs: number;
  /** Version of Stripe's API in which the answer is, where the request names none. */
  readonly apiVersion: string;
}
