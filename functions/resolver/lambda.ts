import middy from '@middy/core';
import { resolverPorts } from '#functions/adapters/resolver-ports.ts';
import { readVariables } from '#shared/environment/read-variables.ts';
import { RESOLVER_VARIABLES } from '#shared/environment/resolver-environment.ts';
import type { BatchAnswer, SqsBatch } from '#shared/queues/batch.ts';
import { NotFoundBreaker } from './not-found-breaker.ts';
import type { ResolverPorts } from './ports.ts';
import { resolveBatch } from './resolve-batch.ts';

const variables = readVariables(process.env, RESOLVER_VARIABLES);
// Only the local runtime sets the address; and Lambda sets the trace anew for each invocation.
const connected = resolverPorts(variables, process.env.STRIPE_API_BASE, () => process.env._X_AMZN_TRACE_ID);
const ports: ResolverPorts = {
  ...connected,
  breaker: new NotFoundBreaker(connected.clock),
  domain: 'thin',
  destinations: JSON.parse(variables.DESTINATIONS),
  inlineLimit: Number(variables.INLINE_LIMIT),
  requestsPerSecond: Number(variables.REQUESTS_PER_SECOND),
  retrySchedule: JSON.parse(variables.RETRY_SCHEDULE),
  maxReceiveCount: Number(variables.MAX_RECEIVE_COUNT),
};

export const handler = middy<SqsBatch, BatchAnswer>()
  .handler((batch, context) => resolveBatch(ports, batch, context.getRemainingTimeInMillis()))
  .after(() => connected.telemetry.flush());
