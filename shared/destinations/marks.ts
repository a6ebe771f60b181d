import type { FoundDestination } from './found-destination.ts';

/** Keys of the metadata by which a destination is known again. */
const KEYS = {
  installation: 'stripe_fanout',
  slot: 'stripe_fanout_slot',
  replaces: 'stripe_fanout_replaces',
  opened: 'stripe_fanout_opened',
} as const;

/** What the metadata of one of our destinations say. */
export interface Marks {
  /** ARN of the bus: no two installations have the same one. */
  readonly installation: string;
  readonly slot: string;
  /** Id of the destination whose twin it is, until that one is gone. */
  readonly replaces?: string;
  /**
   * ISO 8601: when all its types were asked for. Before, it has one type that hardly ever comes, so that its secret is
   * known everywhere before the first event is signed with it.
   */
  readonly opened?: string;
}

export function toMetadata(marks: Partial<Marks>): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(KEYS).flatMap(([mark, key]) => {
      const value = Object.entries(marks).find(([name]) => name === mark)?.[1];
      return value === undefined ? [] : [[key, value]];
    }),
  );
}

/** @returns `undefined` for a destination that this installation did not make or take over */
export function marksOf({ metadata }: FoundDestination, installation: string): Marks | undefined {
  const { [KEYS.slot]: slot, [KEYS.replaces]: replaces, [KEYS.opened]: opened } = metadata;
  if (metadata[KEYS.installation] !== installation || slot === undefined) return undefined;
  return {
    installation,
    slot,
    ...(replaces !== undefined && { replaces }),
    ...(opened !== undefined && { opened }),
  };
}
