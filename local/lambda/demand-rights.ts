import { AwsError } from '../aws/aws-error.ts';
import type { AccessControl } from '../iam/access-control.ts';
import type { EventSource } from './event-source.ts';
import { principalOf } from './function-principal.ts';

/**
 * Lambda drains a queue with the rights of the function's role.
 * @throws {AwsError} the role lacks one of them
 */
export function demandRights({ queue, function: definition }: EventSource, access: AccessControl, actions: string[]) {
  for (const action of actions) {
    const denial = access.denial({ principal: principalOf(definition), action, resource: queue.arn });
    if (denial !== undefined) throw new AwsError('AccessDenied', denial);
  }
}
