import { setTimeout as sleep } from 'node:timers/promises';
import middy from '@middy/core';
import { drainPorts } from '#functions/adapters/drain-ports.ts';
import { eventBridgeBus } from '#functions/adapters/eventbridge-bus.ts';
import { s3PayloadStore } from '#functions/adapters/s3-payload-store.ts';
import { powertoolsTelemetry } from '#functions/adapters/telemetry.ts';
import { PARTNER_INGRESS_VARIABLES } from '#shared/environment/partner-ingress-environment.ts';
import type { PartnerSource } from '#shared/environment/partner-source.ts';
import { readVariables } from '#shared/environment/read-variables.ts';
import type { BatchAnswer, SqsBatch } from '#shared/queues/batch.ts';
import type { PartnerIngressPorts } from './ports.ts';
import { receiveBatch } from './receive.ts';

const variables = readVariables(process.env, PARTNER_INGRESS_VARIABLES);
const sources: readonly PartnerSource[] = JSON.parse(variables.PARTNER_SOURCES);
const domain = 'partner';
const telemetry = powertoolsTelemetry({ stage: variables.STAGE, dimensions: { domain } });
const telemetries = new Map(
  sources.map(({ name }) => [name, powertoolsTelemetry({ stage: variables.STAGE, dimensions: { destination: name } })]),
);

const ports: PartnerIngressPorts = {
  ...drainPorts(variables),
  domain,
  sources,
  telemetry,
  telemetryFor: ({ name }) => telemetries.get(name) ?? telemetry,
  bus: eventBridgeBus({
    busName: variables.BUS_NAME,
    // Lambda sets it anew for each invocation.
    traceHeader: () => process.env._X_AMZN_TRACE_ID,
    onRepeat: () => telemetry.countNow('PublishRetried'),
  }),
  payloads: s3PayloadStore(variables.PAYLOAD_BUCKET),
  inlineLimit: Number(variables.INLINE_LIMIT),
  retrySchedule: JSON.parse(variables.RETRY_SCHEDULE),
  maxReceiveCount: Number(variables.MAX_RECEIVE_COUNT),
  sleep,
};

export const handler = middy<SqsBatch, BatchAnswer>()
  .handler((batch, context) => receiveBatch(ports, batch, context.getRemainingTimeInMillis()))
  .after(() => {
    for (const each of [telemetry, ...telemetries.values()]) each.flush();
  });
