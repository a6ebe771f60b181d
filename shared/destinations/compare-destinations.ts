import type { Change, DestinationPlan, PlanItem } from './destination-plan.ts';
import type { FoundDestination } from './found-destination.ts';
import { marksOf } from './marks.ts';
import { associationOf } from './partner-association.ts';
import type { WantedDestination } from './wanted-destination.ts';

/** What is known of a destination's signing secret; `unseen`: whoever compares may not read secrets. */
export type SecretState = 'stored' | 'by hand' | 'missing' | 'unseen';

export interface CompareOptions {
  /** ARN of the bus. */
  readonly installation: string;
  secretStateOf(found: FoundDestination, destination: string): SecretState;
}

/**
 * Compares what Stripe should have with what it has. A destination is recognized by our marks; one without any that
 * sends the same to the same URL was made by hand, and is taken over.
 */
export function compareDestinations(
  wanted: readonly WantedDestination[],
  found: readonly FoundDestination[],
  options: CompareOptions,
): DestinationPlan {
  const { installation } = options;
  const taken = new Set<string>();
  const items = wanted.map((one): PlanItem => {
    if (one.id !== undefined) return partnerItem(one, found, taken);
    const marked = found.filter((candidate) => marksOf(candidate, installation)?.slot === one.slot);
    const twin = marked.find((candidate) => isTwinOf(candidate, marked, installation));
    const own = marked.filter((candidate) => candidate !== twin);
    const chosen = best(own, options, one) ?? found.find((candidate) => isLike(candidate, one, installation));
    for (const used of [chosen, twin]) if (used !== undefined) taken.add(used.id);
    return {
      wanted: one,
      ...(chosen !== undefined && { found: chosen }),
      ...(twin !== undefined && { twin }),
      changes: chosen === undefined ? [{ kind: 'create' }] : changesOf(one, chosen, options),
    };
  });
  const rest = found.filter(({ id }) => !taken.has(id));
  const urls = new Set(wanted.map(({ url }) => url));
  return {
    items,
    surplus: rest.filter((one) => marksOf(one, installation) !== undefined),
    doubles: rest.filter(
      (one) => marksOf(one, installation) === undefined && one.url !== undefined && urls.has(one.url),
    ),
    undeclared: rest.filter((one) => isForHere(one, installation)),
    total: found.length,
  };
}

/** Whether a destination sends to a partner bus in the account and Region of this installation. */
function isForHere({ eventSource }: FoundDestination, installation: string): boolean {
  const [, , , region, account] = installation.split(':');
  return eventSource?.awsAccount === account && eventSource?.arn.split(':')[3] === region;
}

/** An EventBridge destination has neither our marks nor a secret, and Stripe makes it before it can be declared. */
function partnerItem(wanted: WantedDestination, found: readonly FoundDestination[], taken: Set<string>): PlanItem {
  const one = found.find(({ id }) => id === wanted.id);
  if (one === undefined) {
    const why = `Stripe has no destination ${wanted.id}: make another with fanout destinations partner, and declare that`;
    return { wanted, changes: [{ kind: 'blocked', why }] };
  }
  taken.add(one.id);
  const window = associationOf(one);
  return {
    wanted,
    found: one,
    changes: [
      ...(window === undefined ? [] : [{ kind: 'blocked', why: window } as const]),
      ...typeChanges(wanted, one),
      ...(one.isEnabled ? [] : [{ kind: 'enable', reason: one.disabledReason ?? 'unknown' } as const]),
    ],
  };
}

function isTwinOf(one: FoundDestination, among: readonly FoundDestination[], installation: string): boolean {
  const replaces = marksOf(one, installation)?.replaces;
  return replaces !== undefined && among.some(({ id }) => id === replaces);
}

/** Two of one slot are what a crash leaves: the one that works is kept, the other is surplus. */
function best(own: readonly FoundDestination[], options: CompareOptions, { destination }: WantedDestination) {
  const rank = (one: FoundDestination) =>
    (marksOf(one, options.installation)?.opened === undefined ? 2 : 0) +
    (options.secretStateOf(one, destination) === 'missing' ? 1 : 0);
  return own.toSorted((a, b) => rank(a) - rank(b) || a.created - b.created)[0];
}

function isLike(candidate: FoundDestination, wanted: WantedDestination, installation: string): boolean {
  return (
    marksOf(candidate, installation) === undefined &&
    candidate.kind === 'webhook_endpoint' &&
    candidate.url === wanted.url &&
    candidate.payload === wanted.payload &&
    candidate.accounts === wanted.accounts
  );
}

function changesOf(wanted: WantedDestination, found: FoundDestination, options: CompareOptions): readonly Change[] {
  const marks = marksOf(found, options.installation);
  const secret = options.secretStateOf(found, wanted.destination);
  if (marks !== undefined && marks.opened === undefined) {
    // By hand nobody stores the secret of a destination that a command made a moment ago.
    return secret === 'stored' || secret === 'unseen' ? [{ kind: 'open' }] : [{ kind: 'recreate' }];
  }
  return [
    ...(marks === undefined ? [{ kind: 'adopt' } as const] : []),
    ...fixedChanges(wanted, found, secret),
    ...typeChanges(wanted, found),
    ...(found.url === undefined || found.url === wanted.url
      ? []
      : [{ kind: 'url', from: found.url, to: wanted.url } as const]),
    ...(found.isEnabled ? [] : [{ kind: 'enable', reason: found.disabledReason ?? 'unknown' } as const]),
  ];
}

function fixedChanges(wanted: WantedDestination, found: FoundDestination, secret: SecretState): Change[] {
  const rotate = (why: string): Change => ({ kind: 'rotate', why });
  const version = found.apiVersion ?? "the account's default";
  return [
    ...(wanted.apiVersion === undefined || wanted.apiVersion === found.apiVersion
      ? []
      : [rotate(`API version ${version} → ${wanted.apiVersion}`)]),
    ...(wanted.api === found.api
      ? []
      : [
          rotate(wanted.api === 'v1' ? 'event destination → classic endpoint' : 'classic endpoint → event destination'),
        ]),
    ...(secret === 'missing' ? [rotate('its signing secret is stored nowhere')] : []),
  ];
}

function typeChanges({ enabledEvents }: WantedDestination, found: FoundDestination): Change[] {
  const has = new Set(found.enabledEvents);
  const wants = new Set(enabledEvents);
  const added = enabledEvents.filter((name) => !has.has(name));
  const removed = found.enabledEvents.filter((name) => !wants.has(name));
  return added.length + removed.length > 0 ? [{ kind: 'types', added, removed }] : [];
}
