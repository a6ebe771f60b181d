import { createHash } from 'node:crypto';
import type { TimeScale } from '../time-scale.ts';

/** Seconds for which a FIFO queue remembers what was sent. */
const WINDOW = 300;

/** What a FIFO queue knows of messages sent in the last five minutes. Each queue has one. */
export class Deduplication {
  readonly #seen = new Map<string, { readonly messageId: string; readonly until: number }>();
  readonly #scale: TimeScale;

  constructor(scale: TimeScale) {
    this.#scale = scale;
  }

  /** @returns the id of the message that was sent with this deduplication id before */
  find(deduplicationId: string): string | undefined {
    const found = this.#seen.get(deduplicationId);
    return found !== undefined && found.until > Date.now() ? found.messageId : undefined;
  }

  remember(deduplicationId: string, messageId: string): void {
    this.#seen.set(deduplicationId, { messageId, until: Date.now() + this.#scale.wait(WINDOW) });
  }
}

/** The deduplication id that a queue makes of a message's body. */
export function contentId(body: string): string {
  return createHash('sha256').update(body).digest('hex');
}
