import { Aws, type Duration } from 'aws-cdk-lib';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { CfnSchedule } from 'aws-cdk-lib/aws-scheduler';
import type { Construct } from 'constructs';
import { allow } from './allow.ts';

export interface FunctionSchedule {
  /** Name in the account: the function's. */
  readonly name: string;
  readonly description: string;
  readonly target: IFunction;
  /** How often, in EventBridge Scheduler's words: `rate(15 minutes)`. */
  readonly rate: string;
  /** How long an invocation that Lambda does not take is tried again. */
  readonly giveUpAfter: Duration;
}

/** Has a function of a construct run by the clock, by a role that may start this function and nothing else. */
export function scheduleFunction(scope: Construct, schedule: FunctionSchedule): void {
  const { name, description, target, rate, giveUpAfter } = schedule;
  const role = new Role(scope, 'ScheduleRole', {
    assumedBy: new ServicePrincipal('scheduler.amazonaws.com', {
      conditions: { StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID } },
    }),
    description: `What the schedule of ${name} may do.`,
  });
  role.addToPolicy(allow('InvokeTheFunction', ['lambda:InvokeFunction'], [target.functionArn]));
  // An L1, for CDK's target may also invoke every version of the function.
  new CfnSchedule(scope, 'Schedule', {
    name,
    description,
    scheduleExpression: rate,
    flexibleTimeWindow: { mode: 'OFF' },
    target: {
      arn: target.functionArn,
      roleArn: role.roleArn,
      retryPolicy: { maximumEventAgeInSeconds: giveUpAfter.toSeconds(), maximumRetryAttempts: 2 },
    },
  });
}
