import type { PayloadReference } from '../event/fanout.ts';

/** Keeps what is too large for the bus or a table row. Writing the same key again with the same body is harmless. */
export interface PayloadStore {
  /** @throws {PayloadStoreUnavailable} */
  put(key: string, body: string, signal: AbortSignal): Promise<PayloadReference>;
  /**
   * @returns the stored text, checked against the reference's length and SHA-256
   * @throws {PayloadStoreUnavailable} the store did not answer
   * @throws {PayloadLost} there is no such object, or its bytes are not the ones referred to
   */
  get(reference: PayloadReference, signal: AbortSignal): Promise<string>;
}
