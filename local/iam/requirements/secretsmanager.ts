import { arn } from '../../assembly/account.ts';
import { inputOf, onAnything, type RequirementRule, type RequirementRules } from '../requirement-rules.ts';

const onSecret =
  (action: string): RequirementRule =>
  (call, known) => {
    const id = inputOf(call).string('SecretId');
    return [
      {
        action: `secretsmanager:${action}`,
        resource: known.secretArn(id) ?? (id.startsWith('arn:') ? id : arn('secretsmanager', `secret:${id}`)),
      },
    ];
  };

/** @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_awssecretsmanager.html */
export const SECRETS_MANAGER: RequirementRules = {
  DescribeSecret: onSecret('DescribeSecret'),
  GetSecretValue: onSecret('GetSecretValue'),
  ListSecrets: onAnything('secretsmanager:ListSecrets'),
  PutSecretValue: onSecret('PutSecretValue'),
  UpdateSecret: onSecret('UpdateSecret'),
};
