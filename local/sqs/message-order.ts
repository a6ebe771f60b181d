import type { Message } from './message.ts';

/** In which order a queue hands out what is visible in it. */
export interface MessageOrder {
  /** Where a message that becomes visible is put. */
  placeOf(message: Message, visible: readonly Message[]): number;
  /**
   * Which message is next.
   * @param held groups of which somebody has messages already
   * @returns an index, or -1: nothing can be handed out now
   */
  next(visible: readonly Message[], held: ReadonlySet<string>): number;
}

/** A standard queue: whatever becomes visible is the last. */
export const STANDARD: MessageOrder = {
  placeOf: (_message, visible) => visible.length,
  next: (visible) => (visible.length > 0 ? 0 : -1),
};

/** A FIFO queue: one message comes back before those that were sent after it, and nobody gets a group that another has. */
export const FIFO: MessageOrder = {
  placeOf: (message, visible) => {
    const behind = visible.findIndex(({ sequence }) => sequence > message.sequence);
    return behind < 0 ? visible.length : behind;
  },
  next: (visible, held) => visible.findIndex(({ group }) => group === undefined || !held.has(group.id)),
};
