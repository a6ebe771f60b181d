import { setTimeout as sleep } from 'node:timers/promises';
import middy from '@middy/core';
import { ingressPorts } from '#functions/adapters/ingress-ports.ts';
import { powertoolsTelemetry } from '#functions/adapters/telemetry.ts';
import type { Destination } from '#shared/environment/destination.ts';
import { INGRESS_VARIABLES } from '#shared/environment/ingress-environment.ts';
import { readVariables } from '#shared/environment/read-variables.ts';
import { beginDeadlines } from '#shared/ledger/begin-deadlines.ts';
import type { Answer } from '#shared/webhook/answer.ts';
import { type HttpRequest, readRequest } from '#shared/webhook/read-request.ts';
import type { IngressPorts } from './ports.ts';
import { receive } from './receive.ts';
import { SignerNotes } from './signer-notes.ts';

/**
 * Milliseconds, each with room below the next: work stops, the ledger row is settled, Lambda's timeout (10 s, set by
 * infra/), and the lease, which must outlast them all so that a live owner is never overtaken.
 */
const WORK_MS = 6_000;
const SETTLE_MS = 8_000;
const LEASE_MS = 15_000;

const variables = readVariables(process.env, INGRESS_VARIABLES);
const destinations: readonly Destination[] = JSON.parse(variables.DESTINATIONS);

const telemetryOf = (destination: string) =>
  powertoolsTelemetry({ stage: variables.STAGE, dimensions: { destination } });
const unknown = telemetryOf('unknown');
const telemetries = new Map(destinations.map(({ name }) => [name, telemetryOf(name)]));

const { signerLog, ...connected } = ingressPorts(variables, LEASE_MS, {
  // Lambda sets it anew for each invocation.
  traceHeader: () => process.env._X_AMZN_TRACE_ID,
  onRepeat: () => unknown.countNow('PublishRetried'),
});

const ports: IngressPorts = {
  ...connected,
  destinations,
  signers: new SignerNotes(signerLog, connected.secrets, connected.clock),
  telemetryFor: (destination) => telemetries.get(destination) ?? unknown,
  inlineLimit: Number(variables.INLINE_LIMIT),
  sleep,
};

export const handler = middy<HttpRequest, Answer>()
  .handler(async (request: HttpRequest) => {
    using deadlines = beginDeadlines(WORK_MS, SETTLE_MS);
    return await receive(ports, readRequest(request), deadlines);
  })
  .after(() => {
    for (const telemetry of [unknown, ...telemetries.values()]) telemetry.flush();
  });
