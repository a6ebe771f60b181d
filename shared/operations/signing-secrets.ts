import type { SecretDocument } from '../destinations/secret-document.ts';

/** The pipeline's signing secrets, as commands read and change them. Rejects with the service's own error. */
export interface StoredSigningSecrets {
  read(signal: AbortSignal): Promise<SecretDocument>;
  /**
   * Reads, changes and writes; what somebody else wrote meanwhile is kept.
   * @param change may be called several times, and doing it twice must be doing it once
   */
  change(change: (document: SecretDocument) => SecretDocument, signal: AbortSignal): Promise<void>;
}
