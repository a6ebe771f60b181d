import { QUEUE_OWNERS, queueName } from '#shared/naming/resource-names.ts';
import type { Target } from '../target/target.ts';
import { error, type Finding, ok, warn } from './finding.ts';

/** Below it the ingress and the handlers would throttle each other; new accounts have 10. */
const LITTLE_CONCURRENCY = 100;

/** Whether each queue that has a function is drained by it, and how much Lambda may do at once. */
export async function checkMappings({ clients, stage }: Target): Promise<Finding[]> {
  const { accountConcurrency, eventSourceMappings } = await import(
    '#functions/adapters/operator/event-source-mappings.ts'
  );
  const all = await eventSourceMappings(clients.lambda);
  const found = QUEUE_OWNERS.map((owner) => ({
    owner,
    mappings: all.filter(({ queue }) => queue === queueName(stage, owner)),
  }));
  const without = found.filter(({ mappings }) => mappings.length === 0).map(({ owner }) => owner);
  const paused = found.flatMap(({ owner, mappings }) =>
    mappings
      .filter(({ state }) => state !== 'Enabled')
      .map(({ state }) =>
        error('mappings', `${owner} is not drained: its mapping is ${state}.`, `fanout resume ${owner}`),
      ),
  );
  const concurrency = await accountConcurrency(clients.lambda);
  return [
    ...paused,
    ok('mappings', `${found.length - without.length - paused.length} queues are drained.`),
    ...(without.length > 0 ? [ok('mappings', `Without a function, by configuration: ${without.join(', ')}.`)] : []),
    concurrency < LITTLE_CONCURRENCY
      ? warn('quotas', `Lambda may run ${concurrency} at once in this Region.`, 'Raise quota L-B99A9384: it is free.')
      : ok('quotas', `Lambda may run ${concurrency} at once in this Region.`),
  ];
}
