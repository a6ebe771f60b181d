import { Effect, PolicyStatement } from 'aws-cdk-lib/aws-iam';

/**
 * A statement that allows exactly these actions on these resources.
 * @param conditions IAM conditions that must hold besides
 */
export function allow(
  sid: string,
  actions: readonly string[],
  resources: readonly string[],
  conditions: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {},
): PolicyStatement {
  return new PolicyStatement({
    sid,
    effect: Effect.ALLOW,
    actions: [...actions],
    resources: [...resources],
    conditions,
  });
}
