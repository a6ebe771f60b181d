import { type CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';

/**
 * Outputs of the deployed stacks of one stage by plain name, as `GET /_local/outputs` gives those of the local runtime.
 * @throws CloudFormation's `ValidationError` when a stack does not exist
 */
export async function stackOutputs(
  client: CloudFormationClient,
  stackNames: readonly string[],
): Promise<Record<string, string>> {
  const answers = await Promise.all(
    stackNames.map((StackName) => client.send(new DescribeStacksCommand({ StackName }))),
  );
  const outputs = answers.flatMap(({ Stacks }) => Stacks ?? []).flatMap(({ Outputs }) => Outputs ?? []);
  return Object.fromEntries(outputs.map(({ OutputKey = '', OutputValue = '' }) => [OutputKey, OutputValue]));
}
