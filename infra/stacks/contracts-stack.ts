import { Stack, type StackProps } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { SchemaRegistry } from '../constructs/schema-registry.ts';

export interface ContractsStackProps extends StackProps {
  readonly stage: string;
}

/** What other teams' tools may look up in AWS. Nothing that runs depends on it: it can be deployed and deleted at will. */
export class ContractsStack extends Stack {
  constructor(scope: Construct, id: string, { stage, ...props }: ContractsStackProps) {
    super(scope, id, props);
    new SchemaRegistry(this, 'Schemas', { stage });
  }
}
