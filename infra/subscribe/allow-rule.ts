import { Effect, PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';

/** A rule that may send to a queue, or with a star at its end the rules of a bus. */
export interface SendingRule {
  readonly ruleArn: string;
  /** Its account, where that is the queue's too. What EventBridge says of other accounts' rules is in the ARN. */
  readonly account?: string;
}

/**
 * Lets EventBridge send to a queue for a rule, and for no other.
 * @returns whether it could: the policy of an imported queue is not ours to change
 */
export function allowRule(queue: IQueue, { ruleArn, account }: SendingRule): boolean {
  const events = new ServicePrincipal('events.amazonaws.com');
  queue.encryptionMasterKey?.grantEncryptDecrypt(events);
  const statement = new PolicyStatement({
    effect: Effect.ALLOW,
    principals: [events],
    actions: ['sqs:SendMessage'],
    resources: [queue.queueArn],
    conditions: {
      [ruleArn.endsWith('*') ? 'ArnLike' : 'ArnEquals']: { 'aws:SourceArn': ruleArn },
      ...(account !== undefined && { StringEquals: { 'aws:SourceAccount': account } }),
    },
  });
  return queue.addToResourcePolicy(statement).statementAdded;
}
