import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { expect, it, onTestFinished } from 'vitest';
import { rulesOfBus, targetsOfRule } from '#functions/adapters/operator/bus-rules.ts';
import { clientOf, type ScriptedAnswer, scriptedServer } from './scripted-server.ts';

async function clientThatGets(...bodies: readonly object[]) {
  const script: readonly ScriptedAnswer[] = bodies.map((body) => ({ status: 200, body }));
  const server = await scriptedServer(script);
  const client = new EventBridgeClient(clientOf(server.endpoint));
  onTestFinished(async () => {
    client.destroy();
    await server.close();
  });
  return { client, requests: server.requests };
}

it('reads the rules of a bus to the last page, with who manages them', async () => {
  const { client, requests } = await clientThatGets(
    { Rules: [{ Name: 'a', Arn: 'arn:a', State: 'ENABLED', EventPattern: '{}' }], NextToken: 'more' },
    { Rules: [{ Name: 'b', Arn: 'arn:b', State: 'DISABLED', ManagedBy: 'prod.vhs.events.aws.internal' }] },
  );

  expect(await rulesOfBus(client, 'bus')).toEqual([
    { name: 'a', arn: 'arn:a', isEnabled: true, pattern: '{}' },
    { name: 'b', arn: 'arn:b', isEnabled: false, managedBy: 'prod.vhs.events.aws.internal' },
  ]);
  expect(requests).toEqual([{ EventBusName: 'bus' }, { EventBusName: 'bus', NextToken: 'more' }]);
});

it("reads a rule's targets to the last page, with the DLQ of each that has one", async () => {
  const { client } = await clientThatGets(
    { Targets: [{ Id: '1', Arn: 'arn:queue', DeadLetterConfig: { Arn: 'arn:dlq' } }], NextToken: 'more' },
    { Targets: [{ Id: '2', Arn: 'arn:function' }] },
  );

  expect(await targetsOfRule(client, 'bus', 'a')).toEqual([
    { arn: 'arn:queue', deadLetterArn: 'arn:dlq' },
    { arn: 'arn:function' },
  ]);
});
