import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { expect, it, onTestFinished } from 'vitest';
import { stackOutputs } from '#functions/adapters/operator/stack-outputs.ts';
import { clientOf } from './scripted-server.ts';

const stack = (key: string, value: string) =>
  `<DescribeStacksResponse><DescribeStacksResult><Stacks><member><Outputs><member><OutputKey>${key}</OutputKey><OutputValue>${value}</OutputValue></member></Outputs></member></Stacks></DescribeStacksResult></DescribeStacksResponse>`;

it('reads the outputs of several stacks as one, by plain name', async () => {
  const server = createServer(async (request, response) => {
    const name = new URLSearchParams(await text(request)).get('StackName');
    response.writeHead(200, { 'content-type': 'text/xml' });
    response.end(name === 'Data' ? stack('BusName', 'bus') : stack('WebhookUrl', 'https://example.com'));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  const client = new CloudFormationClient(clientOf(`http://127.0.0.1:${(server.address() as AddressInfo).port}`));

  const outputs = await stackOutputs(client, ['Data', 'Pipeline']);
  client.destroy();

  expect(outputs).toEqual({ BusName: 'bus', WebhookUrl: 'https://example.com' });
});
