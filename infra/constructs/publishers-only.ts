import { CfnResource } from 'aws-cdk-lib';
import type { EventBus } from 'aws-cdk-lib/aws-events';
import { AnyPrincipal, Effect, type IRole, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { anySource } from './source-conditions.ts';

export interface PublishersOnlyProps {
  readonly bus: EventBus;
  /** The only roles that may publish under a source that starts with `stripe`. */
  readonly publishers: readonly IRole[];
}

/**
 * Keeps everybody else in the account, administrators too, from publishing forged Stripe events. It only denies: what
 * the publishers may do stands in their own roles, and an Allow here would be added to that and widen it.
 */
export class PublishersOnly extends Construct {
  constructor(scope: Construct, id: string, { bus, publishers }: PublishersOnlyProps) {
    super(scope, id);
    const statement = new PolicyStatement({
      effect: Effect.DENY,
      principals: [new AnyPrincipal()],
      actions: ['events:PutEvents'],
      resources: [bus.eventBusArn],
      conditions: {
        ...anySource('stripe*'),
        // For a call with an assumed role this key holds the role's ARN, not the session's.
        StringNotEquals: { 'aws:PrincipalArn': publishers.map(({ roleArn }) => roleArn) },
        // EventBridge itself replays the archive; it has no role, so the line above would deny it.
        Bool: { 'aws:PrincipalIsAWSService': 'false' },
      },
    });
    // Not `CfnEventBusPolicy`: cdk-nag reads a deprecated property of it, which prints a warning at each synthesis.
    new CfnResource(this, 'Policy', {
      type: 'AWS::Events::EventBusPolicy',
      properties: {
        EventBusName: bus.eventBusName,
        StatementId: 'OnlyPublishersSendStripeEvents',
        Statement: statement.toJSON(),
      },
    });
  }
}
