import { PARTITION } from '../../assembly/account.ts';
import type { AwsCall } from '../../aws/aws-call.ts';
import { onAnything, type RequirementRule, type RequirementRules } from '../requirement-rules.ts';

const onObject =
  (action: string): RequirementRule =>
  (call) => {
    const { bucket, key } = addressOf(call.path);
    return [{ action: `s3:${action}`, resource: `${bucketArn(bucket)}/${key}` }];
  };

const onBucket =
  (action: string): RequirementRule =>
  (call) => {
    const { bucket, prefix } = addressOf(call.path);
    return [
      {
        action: `s3:${action}`,
        resource: bucketArn(bucket),
        ...(prefix !== null && { context: { 's3:prefix': prefix } }),
      },
    ];
  };

/**
 * Several operations share an action.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/using-with-s3-policy-actions.html
 */
export const S3: RequirementRules = {
  CreateBucket: onBucket('CreateBucket'),
  DeleteBucket: onBucket('DeleteBucket'),
  DeleteObject: onObject('DeleteObject'),
  GetObject: onObject('GetObject'),
  HeadBucket: onBucket('ListBucket'),
  HeadObject: onObject('GetObject'),
  ListBuckets: onAnything('s3:ListAllMyBuckets'),
  ListObjectsV2: onBucket('ListBucket'),
  PutObject: onObject('PutObject'),
};

/** What a caller needs to be told that an object does not exist; others are refused, so that they learn nothing. */
export function toLearnOfAbsence({ path }: AwsCall) {
  return { action: 's3:ListBucket', resource: bucketArn(addressOf(path).bucket) };
}

function addressOf(path: string) {
  const { pathname, searchParams } = new URL(path, 'http://localhost');
  const [, bucket = '', ...key] = pathname.split('/').map(decodeURIComponent);
  return { bucket, key: key.join('/'), prefix: searchParams.get('prefix') };
}

function bucketArn(bucket: string): string {
  return `arn:${PARTITION}:s3:::${bucket}`;
}
