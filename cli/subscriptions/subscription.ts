import type { BusRule, RuleOrigin, RuleTarget } from '#functions/adapters/operator/bus-rules.ts';
import type { QueueRedrive } from '#functions/adapters/operator/queue-redrive.ts';
import { OWNER_TAG } from '#shared/naming/owner-tag.ts';
import { InvalidPattern } from '#shared/patterns/invalid-pattern.ts';
import { type MatchedTypes, matchedTypes } from '#shared/patterns/matched-types.ts';

/** Another team's rule on the bus; the keys are those of `--json`. */
export interface Subscription {
  readonly rule: string;
  readonly arn: string;
  /** What its tag says; `null`: it has none. */
  readonly owner: string | null;
  /** Account that made the rule, when it is not the bus's own. */
  readonly account: string | null;
  readonly isEnabled: boolean;
  readonly pattern: unknown;
  /** Canonical names of the catalogued types it can match; `null`: the pattern could not be read. */
  readonly types: readonly string[] | null;
  /** Types whose notifications it gets unresolved. */
  readonly notifications: readonly string[];
  /** What else its pattern asks for. */
  readonly conditions: readonly string[];
  readonly targets: readonly SubscriptionTarget[];
  /** What its owner should know, a sentence each. */
  readonly warnings: readonly string[];
}

/** Where a rule delivers to. */
export interface SubscriptionTarget {
  readonly arn: string;
  /** Where goes what the target does not take; `null`: it is lost. */
  readonly deadLetterQueue: string | null;
  /** What the target, where it is a queue, does with what its consumer does not get done; `null`: it is none. */
  readonly redrive: QueueRedrive | null;
}

/** A rule's target, and what is known of it where it is a queue. */
export type KnownTarget = RuleTarget & { readonly redrive?: QueueRedrive };

export function subscriptionOf(rule: BusRule, targets: readonly KnownTarget[], origin: RuleOrigin): Subscription {
  const { name, arn, isEnabled, pattern } = rule;
  const matched = matchedBy(pattern);
  const ownAccount = arn.split(':')[4];
  const owner = Object.entries(origin.tags).find(([key]) => key.toLowerCase() === OWNER_TAG)?.[1] ?? null;
  const named = (entries: MatchedTypes['types']) => entries.map(({ type }) => type);
  const facts = {
    rule: name,
    arn,
    owner,
    account: origin.createdBy === undefined || origin.createdBy === ownAccount ? null : origin.createdBy,
    isEnabled,
    pattern: pattern === undefined ? null : JSON.parse(pattern),
    types: matched === undefined ? null : named(matched.types),
    notifications: named(matched?.notifications ?? []),
    conditions: matched?.conditions ?? [],
    targets: targets.map((target) => ({
      arn: target.arn,
      deadLetterQueue: target.deadLetterArn ?? null,
      redrive: target.redrive ?? null,
    })),
  };
  return { ...facts, warnings: warningsOn(facts) };
}

function matchedBy(pattern: string | undefined): MatchedTypes | undefined {
  if (pattern === undefined) return undefined;
  try {
    return matchedTypes(JSON.parse(pattern));
  } catch (error) {
    // EventBridge took it, so it knows something that this version does not.
    if (error instanceof InvalidPattern) return undefined;
    throw error;
  }
}

function warningsOn(facts: Omit<Subscription, 'warnings'>): string[] {
  const { owner, isEnabled, types, notifications, targets } = facts;
  const bare = targets.filter(({ deadLetterQueue }) => deadLetterQueue === null).length;
  const found = [
    bare > 0 &&
      `${bare === 1 ? 'A target has' : `${bare} targets have`} no DLQ: what is not taken within a day is lost.`,
    targets.some(({ redrive }) => redrive === 'none') &&
      'Its queue has no redrive policy: what its consumer cannot handle comes back until it expires.',
    targets.some(({ redrive }) => redrive === 'missing') && 'Its queue does not exist: all its events go to the DLQ.',
    targets.length === 0 && 'It has no target: its events go nowhere.',
    !isEnabled && 'It is switched off: its events go nowhere.',
    types === null && 'This version cannot read its pattern.',
    types?.length === 0 && notifications.length === 0 && 'It matches no known type.',
    owner === null && `Nobody is named as its owner: give the rule a tag "${OWNER_TAG}".`,
  ];
  return found.filter((warning) => warning !== false);
}
