import type { Examined } from './examined.ts';

/** Where messages are taken from, one batch at a time. */
export interface DeadLetterSource {
  /** Gives each message once. @param max most messages of one batch, 1 to 10 */
  batches(max: number): AsyncIterable<readonly Examined[]>;
  /** Takes a message away for good. */
  remove(examined: Examined): Promise<void>;
  /**
   * Puts back what was taken out of sight and not removed.
   * @returns how many messages others have out of sight
   */
  close(): Promise<number>;
}
