import middy from '@middy/core';
import { reconcilerPorts } from '#functions/adapters/reconciler-ports.ts';
import { readStripeConfiguration } from '#shared/destinations/stripe-configuration.ts';
import { readVariables } from '#shared/environment/read-variables.ts';
import { RECONCILER_VARIABLES } from '#shared/environment/reconciler-environment.ts';
import { readReconcileOrder } from '#shared/reconcile/reconcile-order.ts';
import type { ReconcileReport } from '#shared/reconcile/reconcile-report.ts';
import type { ReconcilerPorts } from './ports.ts';
import { CLAIM_MS } from './publish-missing.ts';
import { reconcile } from './reconcile.ts';

const variables = readVariables(process.env, RECONCILER_VARIABLES);
const configuration = readStripeConfiguration(variables.STRIPE_CONFIGURATION);
if (configuration === undefined)
  throw new Error('STRIPE_CONFIGURATION is of another version: deploy the stacks again.');
// Only the local runtime sets the address; and Lambda sets the trace anew for each invocation.
const connected = reconcilerPorts(variables, {
  baseUrl: process.env.STRIPE_API_BASE,
  traceHeader: () => process.env._X_AMZN_TRACE_ID,
  apiVersion: configuration.apiVersion,
  claimMs: CLAIM_MS,
});
const ports: ReconcilerPorts = {
  ...connected,
  configuration,
  webhookUrl: variables.WEBHOOK_URL,
  installation: variables.INSTALLATION,
  inlineLimit: Number(variables.INLINE_LIMIT),
};

export const handler = middy<unknown, ReconcileReport>()
  .handler(async (payload, context) => {
    const order = readReconcileOrder(payload);
    const report = await reconcile(ports, order, context.getRemainingTimeInMillis());
    // A command shows its report to a person; of the schedule's, only a failed invocation is seen.
    if (order === undefined && report.failed.length > 0) {
      throw new Error(`${report.failed.length} lists of Stripe's were not compared: the log says why.`);
    }
    return report;
  })
  .after(() => connected.telemetry.flush())
  .onError(() => connected.telemetry.flush());
