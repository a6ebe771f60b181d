import type { DomainOrUnrecognized } from '../catalogue/domains.ts';

/** The queues of the domains, for what comes to them otherwise than over the bus. */
export interface DomainQueues {
  /** @throws {QueueUnavailable} it may have been taken all the same */
  send(domain: DomainOrUnrecognized, body: string, signal: AbortSignal): Promise<void>;
}
