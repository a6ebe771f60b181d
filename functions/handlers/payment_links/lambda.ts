import middy from '@middy/core';
import { handlerPorts } from '#functions/adapters/handler-ports.ts';
import { HANDLER_VARIABLES } from '#shared/environment/handler-environment.ts';
import { readVariables } from '#shared/environment/read-variables.ts';
import type { BatchAnswer, SqsBatch } from '#shared/queues/batch.ts';
import { handleBatch } from '../handle-batch.ts';
import { readSettings } from '../read-settings.ts';
import { reactions } from './reactions.ts';

const variables = readVariables(process.env, HANDLER_VARIABLES);
const ports = { ...handlerPorts(variables), ...readSettings(variables) };

export const handler = middy<SqsBatch, BatchAnswer>()
  .handler((batch, context) => handleBatch(ports, reactions, batch, context.getRemainingTimeInMillis()))
  .after(() => ports.telemetry.flush());
