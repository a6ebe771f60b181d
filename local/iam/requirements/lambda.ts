import { arn } from '../../assembly/account.ts';
import type { AwsCall } from '../../aws/aws-call.ts';
import { onAnything, type RequirementRule, type RequirementRules } from '../requirement-rules.ts';

const onMapping =
  (action: string): RequirementRule =>
  (call, known) => {
    const id = namedIn(call);
    const mapped = known.mappedFunction(id);
    return [
      {
        action: `lambda:${action}`,
        resource: arn('lambda', `event-source-mapping:${id}`),
        ...(mapped !== undefined && { context: { 'lambda:FunctionArn': mapped } }),
      },
    ];
  };

/** @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_awslambda.html */
export const LAMBDA: RequirementRules = {
  GetAccountSettings: onAnything('lambda:GetAccountSettings'),
  GetEventSourceMapping: onMapping('GetEventSourceMapping'),
  Invoke: (call) => {
    const name = namedIn(call);
    return [
      { action: 'lambda:InvokeFunction', resource: name.startsWith('arn:') ? name : arn('lambda', `function:${name}`) },
    ];
  },
  ListEventSourceMappings: onAnything('lambda:ListEventSourceMappings'),
  UpdateEventSourceMapping: onMapping('UpdateEventSourceMapping'),
};

/** `/<version>/functions/<name>/…` and `/<version>/event-source-mappings/<id>` */
function namedIn({ path }: AwsCall): string {
  return decodeURIComponent(new URL(path, 'http://localhost').pathname.split('/')[3] ?? '');
}
