import {
  GetAccountSettingsCommand,
  GetEventSourceMappingCommand,
  InvokeCommand,
  ListEventSourceMappingsCommand,
  ResourceNotFoundException,
  UpdateEventSourceMappingCommand,
} from '@aws-sdk/client-lambda';
import { SendMessageCommand } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Runtime } from '#local/running-pipeline.ts';
import { clientsOf, next, startFixture } from '../start-fixture.ts';

let runtime: Runtime;
let clients: ReturnType<typeof clientsOf>;
beforeAll(async () => {
  runtime = await startFixture();
  clients = clientsOf(runtime);
});
afterAll(() => runtime.stop());

async function mapping() {
  const { EventSourceMappings } = await clients.lambda.send(
    new ListEventSourceMappingsCommand({ FunctionName: 'worker' }),
  );
  return EventSourceMappings?.[0];
}

describe('the Lambda service', () => {
  it('switches an event-source mapping off and on, and the messages wait meanwhile', async () => {
    const { UUID } = (await mapping()) ?? {};
    const queue = `${runtime.awsUrl}/000000000000/work`;

    await clients.lambda.send(new UpdateEventSourceMappingCommand({ UUID, Enabled: false }));
    await clients.sqs.send(new SendMessageCommand({ QueueUrl: queue, MessageBody: '{"verdict":"fine"}' }));
    const paused = await clients.lambda.send(new GetEventSourceMappingCommand({ UUID }));
    const waiting = runtime.queueDepths().work;
    const invoked = next(runtime, 'invoked', (invocation) => invocation.function === 'worker');
    await clients.lambda.send(new UpdateEventSourceMappingCommand({ UUID, Enabled: true }));
    await invoked;

    expect(paused.State).toBe('Disabled');
    expect(waiting).toMatchObject({ visible: 1 });
    expect(await mapping()).toMatchObject({ UUID, State: 'Enabled' });
  });

  it('invokes a function and hands back its result', async () => {
    const answer = await clients.lambda.send(new InvokeCommand({ FunctionName: 'worker', Payload: '{"Records":[]}' }));

    expect(answer.FunctionError).toBeUndefined();
    expect(answer.StatusCode).toBe(200);
  });

  it('tells the failure of a function from a function that does not exist', async () => {
    const broken = await clients.lambda.send(new InvokeCommand({ FunctionName: 'worker', Payload: '{}' }));
    const missing = clients.lambda.send(new InvokeCommand({ FunctionName: 'nobody', Payload: '{}' }));

    expect(broken.FunctionError).toBe('Unhandled');
    await expect(missing).rejects.toThrow(ResourceNotFoundException);
  });

  it("tells the account's limit of concurrent executions", async () => {
    const { AccountLimit } = await clients.lambda.send(new GetAccountSettingsCommand({}));

    expect(AccountLimit?.ConcurrentExecutions).toBe(1_000);
  });
});
