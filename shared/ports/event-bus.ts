import type { BusEntry } from '../event/bus-entry.ts';

/** Puts entries on the custom event bus. */
export interface EventBus {
  /**
   * Resolves only when the bus has accepted the entry.
   * @returns EventBridge's own id of the entry
   * @throws {BusRefused} the bus will never take this entry as it is
   * @throws {PublishFailed} a known failure: the entry is not on the bus
   * @throws {PublishUnknown} time-out or lost answer: it may be on the bus
   */
  publish(entry: BusEntry, signal: AbortSignal): Promise<string>;
}
