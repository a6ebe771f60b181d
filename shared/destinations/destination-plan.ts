import type { FoundDestination } from './found-destination.ts';
import type { WantedDestination } from './wanted-destination.ts';

/** One thing that is to be done, or to be known, about a destination. */
export type Change =
  | { readonly kind: 'create' }
  /** Its secret was told once, and was lost before it was stored. It has not been opened, so it owes nothing. */
  | { readonly kind: 'recreate' }
  /** Its secret is stored; its types are to be asked for. */
  | { readonly kind: 'open' }
  /** Somebody made it by hand; it is to be marked as ours. */
  | { readonly kind: 'adopt' }
  | { readonly kind: 'types'; readonly added: readonly string[]; readonly removed: readonly string[] }
  | { readonly kind: 'url'; readonly from: string; readonly to: string }
  | { readonly kind: 'enable'; readonly reason: string }
  /** What Stripe fixes when a destination is created: only a twin in its place helps. */
  | { readonly kind: 'rotate'; readonly why: string }
  /** What no command here can do. */
  | { readonly kind: 'blocked'; readonly why: string };

/** Whether `apply` does it; a rotation is a command of its own. */
export function isApplied({ kind }: Change): boolean {
  return kind !== 'rotate' && kind !== 'blocked';
}

/** A wanted destination, what is there of it, and what is missing. */
export interface PlanItem {
  readonly wanted: WantedDestination;
  readonly found?: FoundDestination;
  /** The one that is to take the place of `found`: a rotation is under way. */
  readonly twin?: FoundDestination;
  /** In the order in which they are done. */
  readonly changes: readonly Change[];
}

export interface DestinationPlan {
  readonly items: readonly PlanItem[];
  /** Ours, and wanted by nobody any more. */
  readonly surplus: readonly FoundDestination[];
  /** Not ours, and posting to one of our URLs beside those that are: each event comes twice. */
  readonly doubles: readonly FoundDestination[];
  /** Of the kind Amazon EventBridge, made for this account and Region, and not declared. */
  readonly undeclared: readonly FoundDestination[];
  /** All that Stripe has in this mode. */
  readonly total: number;
}
