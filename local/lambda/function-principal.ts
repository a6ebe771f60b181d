import type { RolePrincipal } from '../iam/principal.ts';
import type { FunctionDefinition } from './function-definition.ts';

/** A function as whoever it calls sees it: its role, assumed by Lambda. */
export function principalOf({ role, name, arn }: FunctionDefinition): RolePrincipal {
  return { kind: 'role', arn: role, session: name, assumedBy: 'lambda.amazonaws.com', assumedFor: arn };
}
