import type { Condition } from './condition.ts';
import type { TextTest } from './glob.ts';

/** Whom a statement of a resource's policy is about. */
export interface PrincipalElement {
  /** `*`: everybody. */
  readonly everybody: boolean;
  /** ARNs of roles and users, and ids of accounts. */
  readonly arns: ReadonlySet<string>;
  readonly services: ReadonlySet<string>;
}

/** One statement of a policy, ready to be matched. */
export interface Statement {
  /** Where it stands: stack, resource, and its Sid or its place in the policy. */
  readonly id: string;
  readonly effect: 'Allow' | 'Deny';
  /** Absent in the policy of a role. */
  readonly principal: PrincipalElement | undefined;
  readonly action: TextTest;
  readonly resource: TextTest;
  readonly conditions: readonly Condition[];
  /** As the template has it, evaluated; for people. */
  readonly source: Readonly<Record<string, unknown>>;
}
