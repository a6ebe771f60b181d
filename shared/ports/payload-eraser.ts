/** Takes stored bodies away for good, where nothing refers to them any more. */
export interface PayloadEraser {
  /** Resolves when there is no such object, also when there was none. @throws {PayloadStoreUnavailable} */
  erase(key: string, signal: AbortSignal): Promise<void>;
}
