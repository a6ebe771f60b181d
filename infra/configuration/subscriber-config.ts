import type { EventFilter } from '../subscribe/event-filter.ts';
import type { EventSelector } from '../subscribe/event-selection.ts';
import type { Insistence } from '../subscribe/selector-problems.ts';
import type { ReplayHandling } from '../subscribe/subscription-pattern.ts';

/**
 * A queue of another account that a rule of this stage fills. Its owners deploy a `StripeEventSubscription` with
 * `via: 'direct'`, which makes queue and policy there and says this row.
 */
export interface SubscriberConfig extends Insistence {
  /** The name that they gave it: 2 to 18 lower-case letters, digits and inner dashes, a letter first. */
  readonly name: string;
  /** Their account, 12 digits. It must be of the stage's `organization`. */
  readonly account: string;
  /** The team that is asked when something fails. */
  readonly owner: string;
  /** Event types: `invoice.paid`, `customer.subscription.*`. */
  readonly events: readonly EventSelector[];
  /** @default every event of these types */
  readonly where?: EventFilter;
  /** @default 'ignore': what was done once must not be done again */
  readonly replay?: ReplayHandling;
  /**
   * Whether their queue is a FIFO one.
   * @default false
   */
  readonly fifo?: boolean;
}
