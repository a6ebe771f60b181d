import { ArnFormat, Aws, Stack } from 'aws-cdk-lib';
import { type PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { CfnDocument } from 'aws-cdk-lib/aws-ssm';
import { Construct } from 'constructs';
import type { AutomationContent } from '../operations/automations/automation-content.ts';

export interface AutomationProps {
  /** Name in the account. */
  readonly documentName: string;
  readonly content: AutomationContent;
  /** All the automation may do. */
  readonly permissions: readonly PolicyStatement[];
}

/** An SSM Automation document and the role it acts as, which may do what its steps do and nothing else. */
export class Automation extends Construct {
  readonly role: Role;

  constructor(scope: Construct, id: string, { documentName, content, permissions }: AutomationProps) {
    super(scope, id);
    const executions = Stack.of(this).formatArn({
      service: 'ssm',
      resource: 'automation-execution',
      resourceName: '*',
      arnFormat: ArnFormat.SLASH_RESOURCE_NAME,
    });
    this.role = new Role(this, 'Role', {
      assumedBy: new ServicePrincipal('ssm.amazonaws.com', {
        conditions: {
          StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID },
          ArnLike: { 'aws:SourceArn': executions },
        },
      }),
      description: `What ${documentName} may do.`,
    });
    for (const statement of permissions) this.role.addToPolicy(statement);
    new CfnDocument(this, 'Document', {
      name: documentName,
      documentType: 'Automation',
      documentFormat: 'JSON',
      updateMethod: 'NewVersion',
      content: { schemaVersion: '0.3', assumeRole: this.role.roleArn, ...content },
    });
  }
}
