/** Reads one secret's current text. */
export interface SecretStore {
  /** @throws {SecretUnavailable} */
  read(signal: AbortSignal): Promise<string>;
}
