/** Remembers by which signing secrets deliveries came that were taken: a rotation goes on when its new one is among them. */
export interface SignerLog {
  /**
   * @param fingerprint of the secret, never the secret
   * @throws {LedgerUnavailable}
   */
  seen(destination: string, fingerprint: string, signal: AbortSignal): Promise<void>;
}
