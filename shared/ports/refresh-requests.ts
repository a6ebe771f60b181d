import type { RefreshRequest } from '../refresh/refresh-request.ts';

/** Asks for the present state of objects. Who asks gets no answer: the state comes to the domain's queue. */
export interface RefreshRequests {
  /**
   * Resolves when the request is safe in its queue. Asking twice is harmless.
   * @param delaySeconds before it is looked at, 0 to 900
   * @throws {QueueUnavailable}
   */
  ask(request: RefreshRequest, delaySeconds: number, signal: AbortSignal): Promise<void>;
}
