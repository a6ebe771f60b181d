import type { ObjectKey } from '../projection/object-key.ts';
import type { ObjectRow } from '../projection/object-row.ts';

/** The latest state of each Stripe object. All methods reject with `ObjectsUnavailable` when the store does not answer. */
export interface ObjectStore {
  /** Reads what was last written: never an older state. */
  read(key: ObjectKey, signal: AbortSignal): Promise<ObjectRow | undefined>;
  /**
   * Writes the row if the stored one still has the version before it (none for version 1).
   * @returns `false` when someone else has written since; after a lost answer that can have been this very write
   */
  write(row: ObjectRow, signal: AbortSignal): Promise<boolean>;
}
