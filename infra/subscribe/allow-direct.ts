import { AccountPrincipal, Effect, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import { directSubscriberRoleName } from '#shared/naming/resource-names.ts';
import type { StripeFanoutBus } from './stripe-fanout-bus.ts';

/**
 * Lets the rule that the pipeline's account makes for a subscriber send to its queue: as its role, and nobody else of
 * that account. The role need not be there yet, which a policy that names it as the principal would ask for.
 */
export function allowDirect(queue: IQueue, { stage, account, region, partition }: StripeFanoutBus, name: string): void {
  const roleArn = `arn:${partition}:iam::${account}:role/${directSubscriberRoleName(stage, name, region)}`;
  queue.addToResourcePolicy(
    new PolicyStatement({
      effect: Effect.ALLOW,
      principals: [new AccountPrincipal(account)],
      actions: ['sqs:SendMessage'],
      resources: [queue.queueArn],
      conditions: { ArnEquals: { 'aws:PrincipalArn': roleArn } },
    }),
  );
}
