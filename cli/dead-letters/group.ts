import type { Reason } from './reason.ts';
import type { Subject } from './subject.ts';

export const GROUPINGS = ['error', 'type', 'account'] as const;
export type Grouping = (typeof GROUPINGS)[number];

/** One thing to count. */
export interface Failed extends Subject {
  readonly reason: Reason;
  /** Unix milliseconds: the last failure, or the first enqueue. */
  readonly since: number;
}

export interface Group {
  readonly key: string;
  readonly count: number;
  /** Unix milliseconds. */
  readonly oldest: number;
  /** Of the oldest. */
  readonly example: string;
  readonly message: string;
}

/** Counts by one property, the largest group first. */
export function groupBy(grouping: Grouping, all: readonly Failed[]): readonly Group[] {
  const groups = Object.entries(Object.groupBy(all, (one) => keyOf(grouping, one)));
  return groups
    .map(([key, members = []]) => {
      const [oldest] = members.toSorted((a, b) => a.since - b.since);
      return {
        key,
        count: members.length,
        oldest: oldest?.since ?? 0,
        example: oldest?.event ?? '',
        message: oldest?.reason.message ?? '',
      };
    })
    .toSorted((a, b) => b.count - a.count);
}

function keyOf(grouping: Grouping, { reason, type, account }: Failed): string {
  if (grouping === 'error') return reason.code;
  return grouping === 'type' ? type : (account ?? 'own account');
}
