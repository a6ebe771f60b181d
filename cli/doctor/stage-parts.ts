import { readStripeConfiguration, type StripeConfiguration } from '#shared/destinations/stripe-configuration.ts';
import { QUEUE_OWNERS, type QueueOwner } from '#shared/naming/resource-names.ts';
import type { Target } from '../target/target.ts';

/** What of the pipeline a stage has switched on. */
export interface StageParts {
  /** Whose queues a function is to drain. */
  readonly drained: readonly QueueOwner[];
  /** Whose queues rules are to deliver to: not those of domains that are only emptied. */
  readonly delivered: readonly QueueOwner[];
  readonly partnerSources: StripeConfiguration['partnerSources'];
}

/**
 * As the Pipeline stack says it.
 * @returns `undefined` where another version deployed it
 */
export function stagePartsOf({ output }: Pick<Target, 'output'>): StageParts | undefined {
  const configuration = readStripeConfiguration(output('StripeConfiguration'));
  if (configuration === undefined) return undefined;
  const { domainsOff, domainsDraining, partnerSources } = configuration;
  const among = (names: readonly QueueOwner[], owner: QueueOwner) => names.includes(owner);
  const drained = QUEUE_OWNERS.filter(
    (owner) => !among(domainsOff, owner) && (owner !== 'partner' || partnerSources.length > 0),
  );
  return { drained, delivered: drained.filter((owner) => !among(domainsDraining, owner)), partnerSources };
}
