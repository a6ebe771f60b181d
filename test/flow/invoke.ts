import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import type { Pipeline } from './start-pipeline.ts';

/**
 * Runs a function as its schedule or a command does.
 * @returns what it answered
 * @throws {Error} it failed
 */
export async function invoke(pipeline: Pipeline, functionName: string, payload: object = {}): Promise<unknown> {
  const lambda = new LambdaClient(pipeline.aws);
  const command = new InvokeCommand({ FunctionName: functionName, Payload: JSON.stringify(payload) });
  const { FunctionError, Payload } = await lambda.send(command).finally(() => lambda.destroy());
  const text = Payload === undefined ? 'null' : Buffer.from(Payload).toString('utf8');
  if (FunctionError !== undefined) throw new Error(`${functionName} failed: ${text}`);
  return JSON.parse(text);
}
