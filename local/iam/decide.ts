import { ACCOUNT, globalArn } from '../assembly/account.ts';
import type { Access, RequestContext } from './access.ts';
import { arnOf, contextOf, type Principal } from './principal.ts';
import type { PrincipalElement, Statement } from './statement.ts';

/** What the policies say of a request. */
export type Decision =
  /** `by` are the statements of which one would have been enough; none for whom nothing has to allow. */
  | { readonly allowed: true; readonly by: readonly Statement[] }
  /** `reason` in AWS's words; `by` is the Deny, if one decided. */
  | { readonly allowed: false; readonly reason: string; readonly by: Statement | undefined };

/** The policies that a request meets. */
export interface Applicable {
  /** Those of the role that asks. */
  readonly identity: readonly Statement[];
  /** That of the resource. */
  readonly resource: readonly Statement[];
}

/**
 * IAM's order: any Deny forbids; within an account the role's policies or the resource's allow; across accounts it
 * takes both. A service that acts as itself has the resource's policy only.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
 */
export function decide(access: Access, { identity, resource }: Applicable): Decision {
  const { principal, action } = access;
  const context = { ...contextOf(principal), ...access.context };
  const own = identity.filter((statement) => isAbout(statement, access, context));
  const others = resource.filter(
    (statement) => isAbout(statement, access, context) && names(statement.principal, principal) !== 'no',
  );
  for (const [statements, kind] of [
    [own, 'an identity-based policy'],
    [others, 'a resource-based policy'],
  ] as const) {
    const by = statements.find(({ effect }) => effect === 'Deny');
    if (by) return { allowed: false, reason: `with an explicit deny in ${kind}`, by };
  }
  if (principal.kind === 'administrator' || (principal.kind === 'service' && principal.onItsOwn)) {
    return { allowed: true, by: [] };
  }
  // To name a whole account leaves it to that account's own policies, so it grants nothing by itself.
  const granting = others.filter((statement) => names(statement.principal, principal) === 'itself');
  const isForeign = (access.resource.split(':')[4] || ACCOUNT) !== ACCOUNT;
  // What another account's resource says stands in no template of ours; here it is taken to let us in.
  const by = isForeign ? own : [...own, ...granting];
  if (by.length > 0) return { allowed: true, by };
  const kind = principal.kind === 'role' ? 'identity-based' : 'resource-based';
  return { allowed: false, reason: `because no ${kind} policy allows the ${action} action`, by: undefined };
}

function isAbout(statement: Statement, { action, resource }: Access, context: RequestContext): boolean {
  return (
    statement.action(action) &&
    statement.resource(resource) &&
    statement.conditions.every(({ holds }) => holds(context))
  );
}

/** Whether a resource's policy names the caller, or the account that it is of. */
function names(element: PrincipalElement | undefined, principal: Principal): 'itself' | 'account' | 'no' {
  if (!element) return 'no';
  if (element.everybody) return 'itself';
  if (principal.kind === 'service') return element.services.has(principal.name) ? 'itself' : 'no';
  if (element.arns.has(arnOf(principal) ?? '')) return 'itself';
  return element.arns.has(ACCOUNT) || element.arns.has(globalArn('iam', 'root')) ? 'account' : 'no';
}
