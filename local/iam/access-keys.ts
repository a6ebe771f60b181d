import { arn } from '../assembly/account.ts';
import { type ResolvedAssembly, resourcesOf } from '../assembly/resolve-assembly.ts';
import { TemplateError } from '../assembly/template-error.ts';
import type { FunctionDefinition } from '../lambda/function-definition.ts';
import { principalOf } from '../lambda/function-principal.ts';
import { ADMINISTRATOR, type Principal } from './principal.ts';
import { readPolicy } from './read-statement.ts';

/** What services that are not emulated assume roles for: any execution, any schedule. */
const PURPOSES: Readonly<Record<string, string>> = {
  'scheduler.amazonaws.com': arn('scheduler', 'schedule-group/default'),
  'ssm.amazonaws.com': arn('ssm', 'automation-execution/local'),
};

/** The access keys of a running runtime. Each function and each role has one; every other key is the administrator's. */
export class AccessKeys {
  readonly #principals: ReadonlyMap<string, Principal>;
  readonly #keys: ReadonlyMap<string, string>;

  constructor(assembly: ResolvedAssembly, functions: readonly FunctionDefinition[]) {
    const roles = resourcesOf(assembly, 'AWS::IAM::Role').map(({ properties, ref, attributes }, i) => {
      const assumedBy = firstAssumer(ref, properties.value.AssumeRolePolicyDocument);
      return {
        key: `LOCALROLE${String(i).padStart(11, '0')}`,
        arn: attributes.Arn ?? '',
        session: ref,
        assumedBy,
        assumedFor: PURPOSES[assumedBy] ?? '',
      };
    });
    this.#principals = new Map<string, Principal>([
      ...functions.map((definition) => [definition.accessKey, principalOf(definition)] as const),
      ...roles.map(({ key, ...role }) => [key, { kind: 'role', ...role }] as const),
    ]);
    this.#keys = new Map([
      ...functions.map(({ name, accessKey }) => [name, accessKey] as const),
      ...roles.map(({ arn, key }) => [arn, key] as const),
    ]);
  }

  /** Whom a key was given to. */
  principalOf(accessKey: string): Principal {
    return this.#principals.get(accessKey) ?? ADMINISTRATOR;
  }

  /**
   * The key by which a client is a function or a role.
   * @param holder a function's name, or a role's ARN
   * @throws {Error} the templates have neither
   */
  of(holder: string): string {
    const key = this.#keys.get(holder);
    if (key === undefined) throw new Error(`The templates have no function or role ${holder}.`);
    return key;
  }
}

/** The first service that a trust policy names. */
function firstAssumer(role: string, trust: unknown): string {
  const services = readPolicy(role, trust, (message) => new TemplateError(`${role}: ${message}`)).flatMap(
    ({ principal }) => [...(principal?.services ?? [])],
  );
  return services[0] ?? '';
}
