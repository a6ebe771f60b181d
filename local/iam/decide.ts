import { ACCOUNT, accountIn, globalArn } from '../assembly/account.ts';
import type { Access, RequestContext } from './access.ts';
import { accountOf, arnOf, contextOf, type Principal } from './principal.ts';
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
  /**
   * Account of the resource.
   * @default the one that its ARN names
   */
  readonly account?: string;
  /**
   * Whether the resource's account has no template here: what its policy says stands nowhere, and is taken to let us in.
   * @default true for another account
   */
  readonly isUnknown?: boolean;
}

/**
 * IAM's order: any Deny forbids; within an account the role's policies or the resource's allow; across accounts it
 * takes both. A service that acts as itself has the resource's policy only.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
 */
export function decide(access: Access, { identity, resource, ...owner }: Applicable): Decision {
  const { principal, action } = access;
  const { account = accountIn(access.resource), isUnknown = account !== ACCOUNT } = owner;
  const isForeign = principal.kind !== 'service' && account !== accountOf(principal);
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
  const isDeployed = principal.kind === 'deployment';
  const permitted = isDeployed || own.length > 0;
  // To name a whole account leaves it to that account's own policies, so it grants nothing by itself.
  const granting = others.filter((statement) => names(statement.principal, principal) === 'itself');
  // Across accounts both sides must say yes, and to name the account is enough.
  const isLet = isForeign ? permitted && (isUnknown || others.length > 0) : permitted || granting.length > 0;
  if (isLet) return { allowed: true, by: [...own, ...(isForeign ? others : granting)] };
  const kind = principal.kind === 'role' && !(isForeign && permitted) ? 'identity-based' : 'resource-based';
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
  const account = accountOf(principal);
  return element.arns.has(account) || element.arns.has(globalArn('iam', 'root', account)) ? 'account' : 'no';
}
