import middy from '@middy/core';
import { resolverPorts } from '#functions/adapters/resolver-ports.ts';
import { readVariables } from '#shared/environment/read-variables.ts';
import { RESOLVER_VARIABLES } from '#shared/environment/resolver-environment.ts';
import { type BatchAnswer, isFrom, type SqsBatch } from '#shared/queues/batch.ts';
import { NotFoundBreaker } from './not-found-breaker.ts';
import type { ResolverPorts } from './ports.ts';
import type { RefreshPorts } from './refresh/ports.ts';
import { refreshBatch } from './refresh/refresh-batch.ts';
import { resolveBatch } from './resolve-batch.ts';

const variables = readVariables(process.env, RESOLVER_VARIABLES);
// Only the local runtime sets the address; and Lambda sets the trace anew for each invocation.
const connected = resolverPorts(variables, process.env.STRIPE_API_BASE, () => process.env._X_AMZN_TRACE_ID);
const settings = {
  breaker: new NotFoundBreaker(connected.notifications.clock),
  inlineLimit: Number(variables.INLINE_LIMIT),
  retrySchedule: JSON.parse(variables.RETRY_SCHEDULE),
  maxReceiveCount: Number(variables.MAX_RECEIVE_COUNT),
};
const notifications: ResolverPorts = {
  ...connected.notifications,
  ...settings,
  domain: 'thin',
  destinations: JSON.parse(variables.DESTINATIONS),
  requestsPerSecond: Number(variables.REQUESTS_PER_SECOND),
};
const states: RefreshPorts = {
  ...connected.states,
  ...settings,
  domain: 'refresh',
  requestsPerSecond: Number(variables.REFRESHES_PER_SECOND),
};

export const handler = middy<SqsBatch, BatchAnswer>()
  .handler((batch, context) => {
    const remainingMs = context.getRemainingTimeInMillis();
    return isFrom(batch, variables.REFRESH_QUEUE_URL)
      ? refreshBatch(states, batch, remainingMs)
      : resolveBatch(notifications, batch, remainingMs);
  })
  .after(() => {
    connected.notifications.telemetry.flush();
    connected.states.telemetry.flush();
  });
