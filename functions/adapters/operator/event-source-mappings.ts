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
  /** Most invocations at once; `undefined` when nothing bounds them. */
  readonly maxConcurrency: number | undefined;
}

/**
 * The mappings of one queue, or all of the account in this Region: Lambda answers 15 such questions a second to all who
 * ask, so that one about each queue would keep others waiting.
 */
export async function eventSourceMappings(client: LambdaClient, queueArn?: string): Promise<readonly Mapping[]> {
  const pages = paginateListEventSourceMappings({ client }, queueArn === undefined ? {} : { EventSourceArn: queueArn });
  const found = (await Array.fromAsync(pages)).flatMap(({ EventSourceMappings }) => EventSourceMappings ?? []);
  return found.map(({ UUID = '', State = '', EventSourceArn = '', ScalingConfig }) => ({
    id: UUID,
    queue: EventSourceArn.split(':').at(-1) ?? '',
    state: State,
    maxConcurrency: ScalingConfig?.MaximumConcurrency,
  }));
}

/** Asks for the change, which takes Lambda up to a minute. */
export async function switchMapping(client: LambdaClient, id: string, enabled: boolean): Promise<void> {
  await client.send(new UpdateEventSourceMappingCommand({ UUID: id, Enabled: enabled }));
}

export async function mappingState(client: LambdaClient, id: string): Promise<string> {
  return (await client.send(new GetEventSourceMappingCommand({ UUID: id }))).State ?? '';
}

/** Executions at once that no function of this Region has reserved for itself: what all others share. */
export async function sharedConcurrency(client: LambdaClient): Promise<number> {
  const { AccountLimit } = await client.send(new GetAccountSettingsCommand({}));
  return AccountLimit?.UnreservedConcurrentExecutions ?? 0;
}
