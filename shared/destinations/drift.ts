import type { Change, DestinationPlan, PlanItem } from './destination-plan.ts';
import { marksOf } from './marks.ts';

/** How Stripe differs from the configuration, in a way that somebody should know of without asking. */
export interface Drift {
  readonly slot: string;
  /** Stripe's id, where there is one. */
  readonly id?: string;
  /** `off`: its events do not come at all. `changed`: some do not, or in another form. */
  readonly kind: 'off' | 'changed';
  /** One phrase. */
  readonly what: string;
  /** The command that mends it. */
  readonly repair: string;
}

/** How many names a phrase lists. */
const NAMES = 5;

/**
 * What of a plan is a fault. Where no destination bears our marks nobody has run `apply`: then what was made by hand has
 * the types and the version that somebody chose, and what was not made is not missed.
 * @param installation ARN of the bus
 */
export function driftOf(plan: DestinationPlan, installation: string): readonly Drift[] {
  const isOurs = ({ found }: PlanItem) => found !== undefined && marksOf(found, installation) !== undefined;
  const isApplied = plan.items.some(isOurs);
  return plan.items.flatMap((item) => {
    const { wanted, found, changes } = item;
    const isHandmade = found !== undefined && wanted.id === undefined && !isOurs(item);
    return changes
      .filter(({ kind }) => kind === 'enable' || (!isHandmade && (isApplied || wanted.id !== undefined)))
      .flatMap((change): Drift[] => {
        const fault = faultOf(change);
        if (fault === undefined) return [];
        const command =
          change.kind === 'rotate' ? `rotate ${wanted.slot}` : change.kind === 'blocked' ? 'partner' : 'apply';
        const id = found?.id ?? wanted.id;
        return [
          { slot: wanted.slot, ...(id !== undefined && { id }), ...fault, repair: `fanout destinations ${command}` },
        ];
      });
  });
}

function faultOf(change: Change): Pick<Drift, 'kind' | 'what'> | undefined {
  switch (change.kind) {
    case 'create':
      return { kind: 'off', what: 'is not at Stripe any more' };
    case 'enable':
      return {
        kind: 'off',
        what: `is disabled (${change.reason}), and Stripe sends nothing later of what arises meanwhile`,
      };
    case 'open':
    case 'recreate':
      return { kind: 'changed', what: 'was made by a command that died, and gets nothing yet' };
    case 'url':
      return { kind: 'off', what: `posts to ${change.from}` };
    case 'types':
      return change.added.length === 0
        ? undefined
        : { kind: 'changed', what: `lacks ${change.added.length} event types: ${listed(change.added)}` };
    case 'rotate':
      return { kind: 'changed', what: change.why };
    case 'blocked':
      return { kind: 'off', what: change.why };
    case 'adopt':
      return undefined;
  }
}

function listed(names: readonly string[]): string {
  return names.slice(0, NAMES).join(', ') + (names.length > NAMES ? ', …' : '');
}
