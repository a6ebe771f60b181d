import type { IRuleTarget, RuleTargetConfig, RuleTargetInput } from 'aws-cdk-lib/aws-events';
import type { IRole } from 'aws-cdk-lib/aws-iam';

export interface DeadLetteredTargetProps {
  readonly arn: string;
  /** Where EventBridge puts what the target does not take. */
  readonly deadLetterArn: string;
  /** What EventBridge acts as; queues of the same account need none. */
  readonly role?: IRole;
  /** @default the event as it is */
  readonly input?: RuleTargetInput;
  /** Path of what events are grouped by in a FIFO queue. */
  readonly groupBy?: string;
}

/**
 * A rule's target that loses nothing. CDK's own target for queues writes a condition for each rule into the queue's
 * policy, which may hold ten, and refuses queues of other accounts.
 */
export class DeadLetteredTarget implements IRuleTarget {
  private readonly config: RuleTargetConfig;

  constructor({ arn, deadLetterArn, role, input, groupBy }: DeadLetteredTargetProps) {
    this.config = {
      arn,
      deadLetterConfig: { arn: deadLetterArn },
      // EventBridge's most, and its default; stated so that the promise stands in the template.
      retryPolicy: { maximumEventAgeInSeconds: 24 * 60 * 60, maximumRetryAttempts: 185 },
      ...(role && { role }),
      ...(input && { input }),
      ...(groupBy !== undefined && { sqsParameters: { messageGroupId: groupBy } }),
    };
  }

  bind(): RuleTargetConfig {
    return this.config;
  }
}
