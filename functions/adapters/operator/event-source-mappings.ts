import {
  GetAccountSettingsCommand,
  GetEventSourceMappingCommand,
  type LambdaClient,
  paginateListEventSourceMappings,
  UpdateEventSourceMappingCommand,
} from '@aws-sdk/client-lambda';

/** By which Lambda feeds a function from a queue. */
export interface Mapping {
  readonly id: string;
  /** Name of the queue. */
  readonly queue: string;
  /** `Enabled`, `Disabled`, or on its way: `Enabling`, `Disabling`, `Updating`, … */
  readonly state: string;
}

/**
 * The mappings of one queue, or all of the account in this Region: Lambda answers 15 such questions a second to all who
 * ask, so that one about each queue would keep others waiting.
 */
export async function eventSourceMappings(client: LambdaClient, queueArn?: string): Promise<readonly Mapping[]> {
  const pages = paginateListEventSourceMappings({ client }, queueArn === undefined ? {} : { EventSourceArn: queueArn });
  const found = (await Array.fromAsync(pages)).flatMap(({ EventSourceMappings }) => EventSourceMappings ?? []);
  return found.map(({ UUID = '', State = '', EventSourceArn = '' }) => ({
    id: UUID,
    queue: EventSourceArn.split(':').at(-1) ?? '',
    state: State,
  }));
}

/** Asks for the change, which takes Lambda up to a minute. */
export async function switchMapping(client: LambdaClient, id: string, enabled: boolean): Promise<void> {
  await client.send(new UpdateEventSourceMappingCommand({ UUID: id, Enabled: enabled }));
}

export async function mappingState(client: LambdaClient, id: string): Promise<string> {
  return (await client.send(new GetEventSourceMappingCommand({ UUID: id }))).State ?? '';
}

/** Concurrent executions that the account may have in this Region. */
export async function accountConcurrency(client: LambdaClient): Promise<number> {
  const { AccountLimit } = await client.send(new GetAccountSettingsCommand({}));
  return AccountLimit?.ConcurrentExecutions ?? 0;
}
