import type { Clock } from '#shared/ports/clock.ts';
import type { SignerLog } from '#shared/ports/signer-log.ts';
import { parseSignatureHeader } from '#shared/signature/parse-header.ts';
import { secretFingerprint } from '#shared/signature/secret-fingerprint.ts';
import { isSignedByOneOf } from '#shared/signature/verify.ts';
import type { Delivery } from '#shared/webhook/read-request.ts';
import type { SigningSecrets } from '#shared/webhook/signing-secrets.ts';

/** Soonest an instance writes the same secret down again, in ms. */
const AGAIN_MS = 60_000;

/**
 * Writes down that a delivery was taken that an awaited secret had signed. Secrets are awaited during a rotation only:
 * otherwise this costs nothing. What cannot be written down is told at the next delivery.
 */
export class SignerNotes {
  readonly #log: SignerLog;
  readonly #secrets: SigningSecrets;
  readonly #clock: Clock;
  readonly #notedAt = new Map<string, number>();

  constructor(log: SignerLog, secrets: SigningSecrets, clock: Clock) {
    this.#log = log;
    this.#secrets = secrets;
    this.#clock = clock;
  }

  /** @throws {LedgerUnavailable} */
  async note(destination: string, { body, signature = '' }: Delivery, signal: AbortSignal): Promise<void> {
    for (const secret of this.#secrets.awaited(destination)) {
      const fingerprint = secretFingerprint(secret);
      if (this.#clock.now() - (this.#notedAt.get(fingerprint) ?? Number.NEGATIVE_INFINITY) < AGAIN_MS) continue;
      const header = parseSignatureHeader(signature);
      if (typeof header === 'string' || !isSignedByOneOf([secret], header, body)) continue;
      await this.#log.seen(destination, fingerprint, signal);
      this.#notedAt.set(fingerprint, this.#clock.now());
    }
  }
}
