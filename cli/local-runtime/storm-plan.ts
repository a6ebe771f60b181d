import { comesAs } from '#shared/catalogue/comes-as.ts';
import { EVENT_TYPES } from '#shared/catalogue/event-types.ts';
import type { EmissionRequest } from './runtime-client.ts';

export interface StormPlan {
  readonly tag: string;
  /** Events a second. */
  readonly rate: number;
  readonly seconds: number;
  /** Share of events that are delivered twice. */
  readonly duplicates: number;
  /** Share of thin events. */
  readonly thinShare: number;
  /** Deliver out of order. */
  readonly shuffle: boolean;
}

const SNAPSHOT = EVENT_TYPES.filter((entry) => comesAs(entry, 'snapshot')).map(({ type }) => type);
const THIN = EVENT_TYPES.flatMap(({ thin }) => (thin ? [thin.type] : []));

/** Most milliseconds by which a shuffled delivery is late. */
const LATEST_MS = 2_000;

/**
 * One event of a storm. The same for the same place in the same plan: all types take turns, and shares are spread
 * evenly, so that a short storm has them too.
 * @param i from 0
 */
export function stormEmission(i: number, { tag, duplicates, thinShare, shuffle }: StormPlan): EmissionRequest {
  const isThin = isTurn(i, thinShare);
  const types = isThin ? THIN : SNAPSHOT;
  // A step that shares no factor with either length meets every type, and neighbours in the list are not alike.
  const type = types[(i * 101) % types.length] ?? '';
  return {
    type,
    style: isThin ? 'thin' : 'snapshot',
    copies: isTurn(i, duplicates) ? 2 : 1,
    ...(shuffle && { delayMs: (i * 7_919) % LATEST_MS }),
    tag,
  };
}

/** Whether the share's next whole event falls on this one. */
function isTurn(i: number, share: number): boolean {
  return Math.floor((i + 1) * share) > Math.floor(i * share);
}
