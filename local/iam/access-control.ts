import { isRecord } from '#shared/event/stripe-event.ts';
import { accountIn } from '../assembly/account.ts';
import type { Observations } from '../observe/observations.ts';
import type { Access } from './access.ts';
import { type Applicable, type Decision, decide } from './decide.ts';
import { policiedArn } from './policied-arn.ts';
import type { AttachedPolicy } from './policies-from.ts';
import { nameOf } from './principal.ts';
import type { ResourceOwners } from './resource-owners.ts';
import type { Statement } from './statement.ts';

/** Decides by the templates' policies who may do what. A test can take single statements away. */
export class AccessControl {
  readonly #byHolder: ReadonlyMap<string, readonly Statement[]>;
  readonly #withdrawn = new Set<string>();
  readonly #used = new Map<string, Set<string>>();
  readonly #organization: string | undefined;
  readonly #observations: Observations;
  readonly #owners: ResourceOwners | undefined;

  /** @param owners tells whose a resource is; by default all are the local account's */
  constructor(policies: readonly AttachedPolicy[], observations: Observations, owners?: ResourceOwners) {
    const grouped = Map.groupBy(policies, ({ kind, arn }) => `${kind} ${arn}`);
    this.#byHolder = new Map(
      [...grouped].map(([holder, own]) => [holder, own.flatMap(({ statements }) => statements)]),
    );
    this.#observations = observations;
    this.#owners = owners;
    this.#organization = organizationIn(this.statements());
  }

  /** Every statement of the templates, once. */
  statements(): Statement[] {
    return [...new Map([...this.#byHolder.values()].flat().map((statement) => [statement.id, statement])).values()];
  }

  /** Makes it as if the templates lacked a statement. @returns puts it back */
  withdraw(statementId: string): () => void {
    this.#withdrawn.add(statementId);
    return () => this.#withdrawn.delete(statementId);
  }

  /** Which statements have decided something since the start or the last call, by id, and about which actions. */
  takeUsed(): ReadonlyMap<string, ReadonlySet<string>> {
    const used = new Map(this.#used);
    this.#used.clear();
    return used;
  }

  /** What the policies say, without telling anybody. */
  decide(access: Access): Decision {
    const { principal, resource } = access;
    const account = this.#owners?.accountOf(resource) ?? accountIn(resource);
    const decision = this.#noted(this.#ofOrganization(access), {
      identity: principal.kind === 'role' ? this.#of('identity', principal.arn) : [],
      resource: this.#of('resource', policiedArn(resource)),
      account,
      ...(this.#owners && { isUnknown: this.#owners.isUnknown(account) }),
    });
    if (!decision.allowed || principal.kind !== 'role') return decision;
    // Nobody works with a role that the service could not assume.
    const service = { kind: 'service', name: principal.assumedBy } as const;
    const trust = this.#of('resource', principal.arn);
    const context = { 'aws:SourceArn': principal.assumedFor, 'aws:SourceAccount': accountIn(principal.assumedFor) };
    const assume = { principal: service, action: 'sts:AssumeRole', resource: principal.arn, context };
    const assumed = this.#noted(assume, { identity: [], resource: trust });
    return assumed.allowed ? decision : assumed;
  }

  /** @returns why it is not allowed, in AWS's words; `undefined` when it is */
  denial(access: Access): string | undefined {
    const decision = this.decide(access);
    if (decision.allowed) return undefined;
    const { action, resource } = access;
    const principal = nameOf(access.principal);
    this.#observations.emit('denied', { principal, action, resource, reason: decision.reason, by: decision.by?.id });
    return `User: ${principal} is not authorized to perform: ${action} on resource: ${resource} ${decision.reason}`;
  }

  #noted(access: Access, policies: Applicable): Decision {
    const decision = decide(access, policies);
    const deciding = decision.allowed ? decision.by : [decision.by].filter((by) => by !== undefined);
    for (const { id } of deciding) {
      const actions = this.#used.get(id) ?? new Set();
      this.#used.set(id, actions.add(access.action));
    }
    return decision;
  }

  /** All accounts here are of whatever organization the templates let in. */
  #ofOrganization(access: Access): Access {
    if (access.principal.kind === 'service' || this.#organization === undefined) return access;
    return { ...access, context: { 'aws:PrincipalOrgID': this.#organization, ...access.context } };
  }

  #of(kind: AttachedPolicy['kind'], arn: string): readonly Statement[] {
    const all = this.#byHolder.get(`${kind} ${arn}`) ?? [];
    return this.#withdrawn.size === 0 ? all : all.filter(({ id }) => !this.#withdrawn.has(id));
  }
}

function organizationIn(statements: readonly Statement[]): string | undefined {
  const conditions = statements.flatMap(({ source }) =>
    Object.values(isRecord(source.Condition) ? source.Condition : {}),
  );
  const named = conditions.flatMap((keys) => (isRecord(keys) ? [keys['aws:PrincipalOrgID'] ?? []].flat() : []));
  return named.map(String)[0];
}
