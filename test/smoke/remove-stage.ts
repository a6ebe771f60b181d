import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { DeleteObjectsCommand, ListObjectsV2Command, type S3Client } from '@aws-sdk/client-s3';
import type { Cdk } from './cdk.ts';
import type { Place } from './place.ts';

/** CloudFormation deletes no bucket that holds something. A bucket that is not there has nothing to empty. */
async function empty(s3: S3Client, Bucket: string): Promise<void> {
  try {
    for (;;) {
      const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket }));
      if (Contents.length === 0) return;
      const Objects = Contents.map(({ Key }) => ({ Key }));
      const { Errors: [refused] = [] } = await s3.send(new DeleteObjectsCommand({ Bucket, Delete: { Objects } }));
      if (refused === undefined) continue;
      const { Key, Code, Message } = refused;
      throw new Error(`S3 did not delete ${Key} of ${Bucket}: ${Code}: ${Message}. Empty it, then use --remove.`);
    }
  } catch (thrown) {
    if (!(thrown instanceof Error && thrown.name === 'NoSuchBucket')) throw thrown;
  }
}

/**
 * Removes everything that was deployed.
 * @throws {Error} a stack is still there, or an object of the bucket
 */
export async function removeStage(
  cdk: Cdk,
  assembly: string,
  { s3, bucket }: { readonly s3: S3Client; readonly bucket: string },
  place: Place,
  stacks: readonly string[],
): Promise<void> {
  await empty(s3, bucket);
  await cdk.destroy(assembly);
  const { endpoint, region } = place;
  const credentials = { accessKeyId: 'smoke', secretAccessKey: 'local' };
  const client = new CloudFormationClient(endpoint === undefined ? { region } : { endpoint, region, credentials });
  try {
    for (const StackName of stacks) {
      const found = await client.send(new DescribeStacksCommand({ StackName })).catch((thrown: unknown) => {
        if (thrown instanceof Error && thrown.name === 'ValidationError') return undefined;
        throw thrown;
      });
      const status = found?.Stacks?.[0]?.StackStatus;
      if (status !== undefined && status !== 'DELETE_COMPLETE') throw new Error(`${StackName} is still ${status}.`);
    }
  } finally {
    client.destroy();
  }
}
