import { CfnResource, Stack } from 'aws-cdk-lib';
import type { EventBus } from 'aws-cdk-lib/aws-events';
import { AnyPrincipal, Effect, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { STRIPE_SOURCE } from '#shared/event/bus-entry.ts';
import { rulesOf } from './rules-of.ts';
import { onlySources } from './source-conditions.ts';

export interface OrganizationSubscribesProps {
  readonly bus: EventBus;
  /** Id of the organization whose accounts may subscribe: one line for all of them, for a bus's policy has 10,240 bytes. */
  readonly organization: string;
}

/** What changing and removing one's own rule takes. Nobody may publish, and nobody may tag or list rules. */
const ON_OWN_RULES = [
  'events:DeleteRule',
  'events:DescribeRule',
  'events:EnableRule',
  'events:DisableRule',
  'events:PutTargets',
  'events:RemoveTargets',
  'events:ListTargetsByRule',
];

/**
 * Lets accounts of an organization make rules on the bus by themselves: each for itself, and for resolved Stripe events
 * only. EventBridge takes no target of such a rule but a bus of the account that made it.
 */
export class OrganizationSubscribes extends Construct {
  constructor(scope: Construct, id: string, { bus, organization }: OrganizationSubscribesProps) {
    super(scope, id);
    const own = {
      StringEquals: { 'aws:PrincipalOrgID': organization },
      // `IfExists`, for a rule that is being made has no creator yet.
      // biome-ignore lint/suspicious/noTemplateCurlyInString: IAM puts the caller's account there
      StringEqualsIfExists: { 'events:creatorAccount': '${aws:PrincipalAccount}' },
    };
    const allowed = {
      // A pattern without a source would match notifications too, and whatever else there will be.
      OrganizationMakesRules: { actions: ['events:PutRule'], conditions: { ...own, ...onlySources(STRIPE_SOURCE) } },
      OrganizationKeepsRules: { actions: ON_OWN_RULES, conditions: own },
    };
    for (const [statementId, statement] of Object.entries(allowed)) {
      const { actions, conditions } = statement;
      const resources = [rulesOf(Stack.of(bus), bus.eventBusName)];
      new CfnResource(this, statementId, {
        type: 'AWS::Events::EventBusPolicy',
        properties: {
          EventBusName: bus.eventBusName,
          StatementId: statementId,
          Statement: new PolicyStatement({
            ...{ effect: Effect.ALLOW, principals: [new AnyPrincipal()], actions, resources, conditions },
          }).toJSON(),
        },
      });
    }
  }
}
