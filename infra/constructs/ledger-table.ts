import type { RemovalPolicy } from 'aws-cdk-lib';
import { AttributeType, Billing, ProjectionType, TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import { Construct } from 'constructs';
import { FAILURES_INDEX } from '#shared/ledger/ledger.ts';

export interface LedgerTableProps {
  readonly tableName: string;
  /** `RETAIN` also protects the table from deletion. */
  readonly removalPolicy: RemovalPolicy;
}

/** What happened to each event: one row per event and stage, and an index of what failed and is not yet done. */
export class LedgerTable extends Construct {
  readonly table: TableV2;

  constructor(scope: Construct, id: string, props: LedgerTableProps) {
    super(scope, id);
    this.table = new TableV2(this, 'Table', {
      tableName: props.tableName,
      partitionKey: { name: 'event', type: AttributeType.STRING },
      sortKey: { name: 'stage', type: AttributeType.STRING },
      billing: Billing.onDemand(),
      timeToLiveAttribute: 'expiresAt',
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      deletionProtection: props.removalPolicy === 'retain',
      removalPolicy: props.removalPolicy,
      globalSecondaryIndexes: [
        {
          indexName: FAILURES_INDEX,
          // Only rows of failed work have these attributes, so the index holds nothing else.
          partitionKey: { name: 'failedDomain', type: AttributeType.STRING },
          sortKey: { name: 'failedAt', type: AttributeType.STRING },
          projectionType: ProjectionType.ALL,
        },
      ],
    });
  }
}
