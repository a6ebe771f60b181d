import { InvokeCommand, type LambdaClient } from '@aws-sdk/client-lambda';

/** What a function answered, or that it failed. */
export type Invoked =
  | { readonly outcome: 'answered'; readonly value: unknown }
  /** `what` is the error's own message, or Lambda's. */
  | { readonly outcome: 'failed'; readonly what: string };

/** Runs a function and waits for its answer, which is JSON. */
export async function invokeFunction(client: LambdaClient, name: string, payload: object): Promise<Invoked> {
  const command = new InvokeCommand({ FunctionName: name, Payload: JSON.stringify(payload) });
  const { FunctionError, Payload } = await client.send(command);
  const value: unknown = JSON.parse(Buffer.from(Payload ?? []).toString('utf8') || 'null');
  if (FunctionError === undefined) return { outcome: 'answered', value };
  const told = typeof value === 'object' && value !== null && 'errorMessage' in value ? value.errorMessage : value;
  return { outcome: 'failed', what: String(told) };
}
