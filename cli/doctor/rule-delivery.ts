import type { RuleTarget } from '#functions/adapters/operator/bus-rules.ts';
import { deadLetterQueueName, type QueueOwner, queueName } from '#shared/naming/resource-names.ts';
import type { Target } from '../target/target.ts';
import { error, type Finding, warn } from './finding.ts';

/** A rule of ours, and the queue it is to deliver to. */
export interface DeliveringRule {
  readonly check: string;
  readonly name: string;
  readonly owner: QueueOwner;
  /** What brings back what went nowhere meanwhile. */
  readonly repair: string;
}

/** What is wrong with where a rule delivers to: it has one target, the queue, and a DLQ behind it. */
export function deliveryFindings(
  { check, name, owner, repair }: DeliveringRule,
  targets: readonly RuleTarget[],
  { stage }: Pick<Target, 'stage'>,
): Finding[] {
  const deploy = `npm run deploy -- -c stage=${stage} --revert-drift`;
  const found = targets.find(({ arn }) => arn.endsWith(`:${queueName(stage, owner)}`));
  if (found === undefined) {
    const seen = targets.length === 0 ? 'has no target' : `delivers to ${targets.map(({ arn }) => arn).join(', ')}`;
    const what = `${name} ${seen}, and not to the queue of ${owner}: its events go nowhere.`;
    return [error(check, what, `${deploy}; then ${repair}`)];
  }
  if (found.deadLetterArn?.endsWith(`:${deadLetterQueueName(stage, owner)}`)) return [];
  const what = `${name} has another DLQ than that of ${owner}, or none: what its queue does not take is lost to this pipeline.`;
  return [warn(check, what, `${deploy}, and find out who changed it by hand.`)];
}
