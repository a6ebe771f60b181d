import { ArnFormat, type Stack } from 'aws-cdk-lib';

/**
 * ARN pattern of rules of a bus in a stack's account and Region.
 * @param rule name of one of them
 * @default all of them
 */
export function rulesOf(stack: Stack, busName: string, rule = '*'): string {
  return stack.formatArn({
    service: 'events',
    resource: 'rule',
    resourceName: `${busName}/${rule}`,
    arnFormat: ArnFormat.SLASH_RESOURCE_NAME,
  });
}
