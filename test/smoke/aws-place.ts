import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import type { Place } from './place.ts';

/**
 * A real account, with the caller's own credentials and Region.
 * @throws {Error} the credentials are for another account, or it is not bootstrapped: nothing has been done then
 */
export async function awsPlace(account: string): Promise<Place> {
  if (process.env.AWS_ENDPOINT_URL !== undefined) {
    throw new Error('AWS_ENDPOINT_URL is set, so that clients would not reach AWS. Unset it, or use --ministack.');
  }
  const client = new CloudFormationClient();
  try {
    const region = await client.config.region();
    // The account's own bootstrap stack says whose credentials these are, and is needed anyway.
    const { Stacks = [] } = await client.send(new DescribeStacksCommand({ StackName: 'CDKToolkit' }));
    const found = Stacks[0]?.StackId?.split(':')[4];
    if (found !== account) {
      throw new Error(`These credentials are for the account ${found}, and --aws-account names ${account}.`);
    }
    return {
      name: `AWS account ${account}, ${region}`,
      account,
      region,
      env: process.env,
      endpoint: undefined,
      webhookUrl: (output) => output,
      notKept: [],
      hasMoveTasks: true,
      fit: (assembly) => ({ assembly, changes: [] }),
      close: async () => undefined,
    };
  } catch (cause) {
    if (!(cause instanceof Error && cause.name === 'ValidationError')) throw cause;
    throw new Error('This account and Region are not bootstrapped: run `npx cdk bootstrap` first.', { cause });
  } finally {
    client.destroy();
  }
}
