import type { Ledger } from '#shared/ledger/ledger.ts';
import type { Telemetry } from '#shared/ports/telemetry.ts';
import type { PublishPorts } from '#shared/publishing/publish.ts';
import type { AuthenticationPorts } from '#shared/webhook/authenticate.ts';
import type { SignerNotes } from './signer-notes.ts';

/** Everything the ingress does to the world outside. */
export interface IngressPorts extends AuthenticationPorts, PublishPorts {
  readonly ledger: Ledger;
  /** Writes down which awaited secret signed a delivery that was taken. */
  readonly signers: Pick<SignerNotes, 'note'>;
  /** Metrics and logs under a configured destination's name, or `unknown`: never under a name from the request. */
  telemetryFor(destination: string): Telemetry;
  /** Waits between looks at an event that is in flight elsewhere. */
  sleep(ms: number): Promise<void>;
}
