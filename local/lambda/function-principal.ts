import type { Principal, RolePrincipal } from '../iam/principal.ts';
import type { FunctionDefinition } from './function-definition.ts';

const LAMBDA = 'lambda.amazonaws.com';

/** A function as whoever it calls sees it: its role, assumed by Lambda. */
export function principalOf({ role, name, arn }: FunctionDefinition): RolePrincipal {
  return { kind: 'role', arn: role, session: name, assumedBy: LAMBDA, assumedFor: arn };
}

/** Name of the function that a caller is, if it is one. */
export function functionNameOf(principal: Principal): string | undefined {
  return principal.kind === 'role' && principal.assumedBy === LAMBDA ? principal.session : undefined;
}
