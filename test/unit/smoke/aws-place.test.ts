import { createServer } from 'node:http';
import { afterEach, expect, it, vi } from 'vitest';
import { close, listen } from '#local/listen.ts';
import { awsPlace } from '../../smoke/aws-place.ts';

const servers: ReturnType<typeof createServer>[] = [];
afterEach(async () => {
  vi.unstubAllEnvs();
  await Promise.all(servers.splice(0).map(close));
});

/** CloudFormation with a bootstrap stack of one account, or without one. */
async function cloudFormationOf(account: string | undefined): Promise<void> {
  const id = `arn:aws:cloudformation:eu-west-1:${account}:stack/CDKToolkit/1`;
  const stack = `<member><StackId>${id}</StackId><StackName>CDKToolkit</StackName></member>`;
  const found = `<DescribeStacksResponse><DescribeStacksResult><Stacks>${stack}</Stacks></DescribeStacksResult></DescribeStacksResponse>`;
  const missing = '<ErrorResponse><Error><Code>ValidationError</Code><Message>no</Message></Error></ErrorResponse>';
  const server = createServer((_request, response) => {
    response.writeHead(account === undefined ? 400 : 200, { 'content-type': 'text/xml' });
    response.end(account === undefined ? missing : found);
  });
  servers.push(server);
  const port = await listen(server, 0);
  vi.stubEnv('AWS_ENDPOINT_URL', undefined);
  vi.stubEnv('AWS_ENDPOINT_URL_CLOUDFORMATION', `http://127.0.0.1:${port}`);
  vi.stubEnv('AWS_REGION', 'eu-west-1');
}

it('is the account that was named, in the Region of the credentials', async () => {
  await cloudFormationOf('123456789012');

  expect(await awsPlace('123456789012')).toMatchObject({ account: '123456789012', region: 'eu-west-1' });
});

it('keeps all that the template says', async () => {
  await cloudFormationOf('123456789012');

  expect(await awsPlace('123456789012')).toMatchObject({ notKept: [], hasMoveTasks: true });
});

it('is refused when the credentials are for another account than was named', async () => {
  await cloudFormationOf('999999999999');

  await expect(awsPlace('123456789012')).rejects.toThrow('for the account 999999999999, and --aws-account names 1');
});

it('is refused when it was never bootstrapped', async () => {
  await cloudFormationOf(undefined);

  await expect(awsPlace('123456789012')).rejects.toThrow('run `npx cdk bootstrap` first');
});
