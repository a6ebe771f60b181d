import { BEGIN } from '../simulation.ts';

/** What Stripe's object says, from which moment on, in Unix milliseconds. */
interface Change {
  readonly at: number;
  readonly total: number;
}

export interface Story {
  readonly freshness: 'event' | 'latest';
  readonly changes: readonly Change[];
  /** The events that are delivered, and what their snapshots say. */
  readonly events: readonly (Change & { readonly id: string })[];
  /** Receivers of each of the two queues: one request needs others beside it to be overtaken, two overtake each other. */
  readonly receivers: number;
}

/** When the last change has happened, and its event may be delivered: Unix milliseconds, within every invocation's time. */
export const LATER = BEGIN + 10_000;

export const STORIES = {
  /** Two events of one second, the greater id for what came first; then a change whose event does not come. */
  tie: {
    freshness: 'event',
    receivers: 2,
    changes: [
      { at: BEGIN - 9_800, total: 1 },
      { at: BEGIN - 9_300, total: 2 },
      { at: LATER - 5_000, total: 3 },
    ],
    events: [
      { id: 'evt_2', at: BEGIN - 10_000, total: 1 },
      { id: 'evt_1', at: BEGIN - 10_000, total: 2 },
    ],
  },
  /** Two events of different times, in a domain that wants more than they say. */
  latest: {
    freshness: 'latest',
    receivers: 1,
    changes: [
      { at: BEGIN - 60_000, total: 1 },
      { at: LATER - 5_000, total: 2 },
    ],
    events: [
      { id: 'evt_1', at: BEGIN - 60_000, total: 1 },
      { id: 'evt_2', at: LATER - 5_000, total: 2 },
    ],
  },
} as const satisfies Record<string, Story>;
