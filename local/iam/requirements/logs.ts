import { arn } from '../../assembly/account.ts';
import { inputOf, onAnything, type RequirementRules } from '../requirement-rules.ts';

/** @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazoncloudwatchlogs.html */
export const LOGS: RequirementRules = {
  DescribeLogGroups: onAnything('logs:DescribeLogGroups'),
  FilterLogEvents: (call) => [
    { action: 'logs:FilterLogEvents', resource: arn('logs', `log-group:${inputOf(call).string('logGroupName')}`) },
  ],
};
