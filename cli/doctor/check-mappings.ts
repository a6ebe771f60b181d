import type { Mapping } from '#functions/adapters/operator/event-source-mappings.ts';
import { QUEUE_OWNERS, queueName } from '#shared/naming/resource-names.ts';
import type { Target } from '../target/target.ts';
import { error, type Finding, ok, warn } from './finding.ts';
import { stagePartsOf } from './stage-parts.ts';

/** Executions at once that the ingress should find free: a fifth of its default of 100 requests a second. */
const FOR_THE_INGRESS = 20;
const RAISE = 'Raise quota L-B99A9384 (it is free), or lower maxConcurrency in infra/config.ts.';

/** Whether each queue that has a function is drained by it, and whether Lambda may do that much at once. */
export async function checkMappings(target: Target): Promise<Finding[]> {
  const { clients, stage, option } = target;
  const { eventSourceMappings, sharedConcurrency } = await import(
    '#functions/adapters/operator/event-source-mappings.ts'
  );
  const all = await eventSourceMappings(clients.lambda);
  const found = QUEUE_OWNERS.map((owner) => ({
    owner,
    mappings: all.filter(({ queue }) => queue === queueName(stage, owner)),
  }));
  const without = found.filter(({ mappings }) => mappings.length === 0).map(({ owner }) => owner);
  const parts = stagePartsOf(target);
  const lost = without.filter((owner) => parts?.drained.includes(owner));
  const meant = without.filter((owner) => !lost.includes(owner) && (owner !== 'partner' || parts === undefined));
  const paused = found.flatMap(({ owner, mappings }) =>
    mappings
      .filter(({ state }) => state !== 'Enabled')
      .map(({ state }) =>
        error('mappings', `${owner} is not drained: its mapping is ${state}.`, `fanout resume ${owner} ${option}`),
      ),
  );
  return [
    ...lost.map((owner) =>
      error(
        'mappings',
        `${owner} is not drained: its queue has no function.`,
        `npm run deploy -- -c stage=${stage} --revert-drift`,
      ),
    ),
    ...paused,
    ok('mappings', `${found.length - without.length - paused.length} queues are drained.`),
    ...(meant.length > 0 ? [ok('mappings', `Without a function, by configuration: ${meant.join(', ')}.`)] : []),
    concurrency(
      found.flatMap(({ mappings }) => mappings),
      await sharedConcurrency(clients.lambda),
    ),
  ];
}

/** A handler that is throttled uses up its messages' receives, and a throttled ingress makes Stripe wait. */
function concurrency(mappings: readonly Mapping[], shared: number): Finding {
  const most = mappings.reduce((sum, { maxConcurrency = 0 }) => sum + maxConcurrency, 0);
  const left = shared - most;
  const what = `Lambda may run ${shared} at once in this Region, and handlers up to ${most} of them: ${left} are left.`;
  if (left <= 0) return error('quotas', what, RAISE);
  return left < FOR_THE_INGRESS ? warn('quotas', what, RAISE) : ok('quotas', what);
}
