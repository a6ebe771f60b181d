import type { Mode } from '#shared/destinations/stripe-configuration.ts';
import type { Expected } from './expected-destinations.ts';

/** One of Stripe's lists, and by which destinations its events should have come. */
export interface List {
  /** `live#snapshot#own` */
  readonly name: string;
  readonly mode: Mode;
  readonly payload: 'snapshot' | 'thin';
  /** A connected account; absent for the own one. */
  readonly account?: string;
  /** Only the announcements of events that Stripe failed to make: what they announce is compared, not they. */
  readonly isOfLost?: true;
  readonly destinations: readonly Expected[];
}
