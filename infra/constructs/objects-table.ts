import type { RemovalPolicy } from 'aws-cdk-lib';
import { AttributeType, Billing, TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import { Construct } from 'constructs';

export interface ObjectsTableProps {
  readonly tableName: string;
  /** `RETAIN` also protects the table from deletion. */
  readonly removalPolicy: RemovalPolicy;
}

/**
 * The latest state of each Stripe object, by object id and then mode and account. Rows do not expire: tombstones and
 * redaction marks must outlive the archive, or a replay would bring deleted objects back.
 */
export class ObjectsTable extends Construct {
  readonly table: TableV2;

  constructor(scope: Construct, id: string, props: ObjectsTableProps) {
    super(scope, id);
    this.table = new TableV2(this, 'Table', {
      tableName: props.tableName,
      partitionKey: { name: 'object', type: AttributeType.STRING },
      sortKey: { name: 'scope', type: AttributeType.STRING },
      billing: Billing.onDemand(),
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      deletionProtection: props.removalPolicy === 'retain',
      removalPolicy: props.removalPolicy,
    });
  }
}
