import { setTimeout as sleep } from 'node:timers/promises';
import middy from '@middy/core';
import { dynamoDbPublishedEvents } from '#functions/adapters/dynamodb-published-events.ts';
import { secretsManagerSecret } from '#functions/adapters/secrets-manager-secret.ts';
import { stripeApi } from '#functions/adapters/stripe-api.ts';
import { powertoolsTelemetry } from '#functions/adapters/telemetry.ts';
import { readStripeConfiguration } from '#shared/destinations/stripe-configuration.ts';
import { DESTINATION_CHECK_VARIABLES } from '#shared/environment/destination-check-environment.ts';
import { readVariables } from '#shared/environment/read-variables.ts';
import { PatientStripe } from '#shared/stripe/patient-stripe.ts';
import { checkDestinations } from './check-destinations.ts';

/** Milliseconds; infra/ gives the function a minute. */
const WORK_MS = 50_000;

const variables = readVariables(process.env, DESTINATION_CHECK_VARIABLES);
const configuration = readStripeConfiguration(variables.STRIPE_CONFIGURATION);
if (configuration === undefined)
  throw new Error('STRIPE_CONFIGURATION is of another version: deploy the stacks again.');
const clock = { now: Date.now };
const telemetry = powertoolsTelemetry({ stage: variables.STAGE, dimensions: {} });
const ports = {
  configuration,
  webhookUrl: variables.WEBHOOK_URL,
  installation: variables.INSTALLATION,
  stripe: new PatientStripe({
    // Only the local runtime sets the address.
    stripe: stripeApi({
      secret: secretsManagerSecret(variables.API_KEYS_SECRET_ARN),
      clock,
      baseUrl: process.env.STRIPE_API_BASE,
    }),
    sleep: (ms, signal) => sleep(ms, undefined, { signal }),
    random: Math.random,
    maxTries: 3,
  }),
  published: dynamoDbPublishedEvents({ table: variables.LEDGER_TABLE, clock, sleep }),
  telemetry,
  clock,
};

export const handler = middy<unknown, void>()
  .handler(() => checkDestinations(ports, AbortSignal.timeout(WORK_MS)))
  .after(() => telemetry.flush());
