import middy from '@middy/core';
import { cloudWatchMetricReader } from '#functions/adapters/cloudwatch-metric-reader.ts';
import { eventBridgeDoneReplays } from '#functions/adapters/eventbridge-done-replays.ts';
import { powertoolsTelemetry } from '#functions/adapters/telemetry.ts';
import { DELIVERY_CHECK_VARIABLES } from '#shared/environment/delivery-check-environment.ts';
import { readVariables } from '#shared/environment/read-variables.ts';
import { checkDelivery } from './check-delivery.ts';
import { readSettings } from './read-settings.ts';

/** Milliseconds; infra/ gives the function a minute. */
const WORK_MS = 50_000;

const variables = readVariables(process.env, DELIVERY_CHECK_VARIABLES);
const telemetry = powertoolsTelemetry({ stage: variables.STAGE, dimensions: {} });
const ports = {
  ...readSettings(variables),
  metrics: cloudWatchMetricReader(),
  replays: eventBridgeDoneReplays(variables.ARCHIVE_ARN),
  telemetry,
  clock: { now: Date.now },
};

export const handler = middy<unknown, void>()
  .handler(() => checkDelivery(ports, AbortSignal.timeout(WORK_MS)))
  .after(() => telemetry.flush());
