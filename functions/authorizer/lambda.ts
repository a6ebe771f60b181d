import middy from '@middy/core';
import { authorizerPorts } from '#functions/adapters/authorizer-ports.ts';
import { powertoolsTelemetry } from '#functions/adapters/telemetry.ts';
import { AUTHORIZER_VARIABLES } from '#shared/environment/authorizer-environment.ts';
import type { Destination } from '#shared/environment/destination.ts';
import { readVariables } from '#shared/environment/read-variables.ts';
import type { Answer } from '#shared/webhook/answer.ts';
import { type HttpRequest, readRequest } from '#shared/webhook/read-request.ts';
import { authorize } from './authorize.ts';
import { policy } from './policy.ts';
import type { AuthorizerPorts } from './ports.ts';

/** Milliseconds for the signing secrets while an instance starts, where nobody waits for them yet. */
const FIRST_READ_MS = 1_500;

const variables = readVariables(process.env, AUTHORIZER_VARIABLES);
const destination: Destination = JSON.parse(variables.AUTHORIZATIONS_FROM);
const telemetry = powertoolsTelemetry({ stage: variables.STAGE, dimensions: { destination: destination.name } });

const ports: AuthorizerPorts = {
  ...authorizerPorts(variables, {
    // Lambda sets it anew for each invocation.
    traceHeader: () => process.env._X_AMZN_TRACE_ID,
    onRepeat: () => telemetry.countNow('PublishRetried'),
  }),
  destination,
  telemetry,
  policy,
  fallback: variables.FALLBACK === 'approve' ? 'approve' : 'decline',
  policyMs: Number(variables.POLICY_MS),
  apiVersion: variables.STRIPE_API_VERSION,
  inlineLimit: Number(variables.INLINE_LIMIT),
};

// Read before the first request: with provisioned concurrency, long before. A failure is that request's to report.
await ports.secrets.of(destination.name, AbortSignal.timeout(FIRST_READ_MS)).catch(() => undefined);

export const handler = middy<HttpRequest, Answer>()
  .handler((request: HttpRequest) =>
    authorize(ports, { ...readRequest(request), destination: destination.name }, request.requestContext?.timeEpoch),
  )
  .after(() => telemetry.flush());
