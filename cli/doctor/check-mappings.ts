import { DOMAINS, UNRECOGNIZED } from '#shared/catalogue/domains.ts';
import { handlerName } from '#shared/naming/resource-names.ts';
import type { Target } from '../target/target.ts';
import { error, type Finding, ok, warn } from './finding.ts';

/** Below it the ingress and the handlers would throttle each other; new accounts have 10. */
const LITTLE_CONCURRENCY = 100;

/** Whether each domain with a handler is drained, and how much Lambda may do at once. */
export async function checkMappings({ clients, stage }: Target): Promise<Finding[]> {
  const { accountConcurrency, mappingsOf } = await import('#functions/adapters/operator/event-source-mappings.ts');
  const domains = [...DOMAINS.map(({ name }) => name), UNRECOGNIZED] as const;
  const found = await Promise.all(
    domains.map(async (domain) => ({ domain, mappings: await mappingsOf(clients.lambda, handlerName(stage, domain)) })),
  );
  const off = found.filter(({ mappings }) => mappings.length === 0).map(({ domain }) => domain);
  const paused = found.flatMap(({ domain, mappings }) =>
    mappings
      .filter(({ state }) => state !== 'Enabled')
      .map(({ state }) =>
        error('mappings', `${domain} is not drained: its mapping is ${state}.`, `fanout resume ${domain}`),
      ),
  );
  const concurrency = await accountConcurrency(clients.lambda);
  return [
    ...paused,
    ok('mappings', `${domains.length - off.length - paused.length} domains are drained.`),
    ...(off.length > 0 ? [ok('mappings', `Without a handler, by configuration: ${off.join(', ')}.`)] : []),
    concurrency < LITTLE_CONCURRENCY
      ? warn('quotas', `Lambda may run ${concurrency} at once in this Region.`, 'Raise quota L-B99A9384: it is free.')
      : ok('quotas', `Lambda may run ${concurrency} at once in this Region.`),
  ];
}
