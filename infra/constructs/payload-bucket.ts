import { Duration, type RemovalPolicy } from 'aws-cdk-lib';
import { AnyPrincipal, Effect, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { BlockPublicAccess, Bucket, BucketEncryption } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { LEDGER_TTL_SECONDS } from '#shared/ledger/ledger.ts';

export interface PayloadBucketProps {
  readonly bucketName: string;
  /** How long the archive keeps events: a replayed reference must still find its payload. Whole days. */
  readonly archiveRetention: Duration;
  readonly removalPolicy: RemovalPolicy;
  /**
   * Id of the organization whose accounts may read events.
   * @default none: only this account does
   */
  readonly organization?: string | undefined;
}

/** Days a message can take from the bus to its last redrive: a DLQ keeps it for 14. */
const DLQ_DAYS = 14;
const LEDGER_DAYS = LEDGER_TTL_SECONDS / (24 * 60 * 60);

/**
 * What is too large for the bus (`events/`, expires) or for a table row (`objects/`, kept). Not versioned: erasing a
 * redacted object must leave no older version of it.
 */
export class PayloadBucket extends Construct {
  readonly bucket: Bucket;

  constructor(scope: Construct, id: string, props: PayloadBucketProps) {
    super(scope, id);
    this.bucket = new Bucket(this, 'Bucket', {
      bucketName: props.bucketName,
      encryption: BucketEncryption.S3_MANAGED,
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      enforceSSL: true,
      removalPolicy: props.removalPolicy,
      lifecycleRules: [
        {
          id: 'ExpireEvents',
          prefix: 'events/',
          expiration: Duration.days(Math.max(props.archiveRetention.toDays(), LEDGER_DAYS) + DLQ_DAYS),
        },
        { id: 'AbortIncompleteUploads', abortIncompleteMultipartUploadAfter: Duration.days(7) },
      ],
    });
    if (props.organization !== undefined) this.bucket.addToResourcePolicy(this.readFor(props.organization));
  }

  /** Each account says which of its functions may; this says that no other account's may. */
  private readFor(organization: string): PolicyStatement {
    return new PolicyStatement({
      sid: 'OrganizationReadsEvents',
      effect: Effect.ALLOW,
      principals: [new AnyPrincipal()],
      actions: ['s3:GetObject'],
      resources: [this.bucket.arnForObjects('events/*')],
      conditions: { StringEquals: { 'aws:PrincipalOrgID': organization } },
    });
  }
}
