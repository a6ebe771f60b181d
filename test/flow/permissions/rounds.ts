import { readAssembly } from '#local/assembly/read-assembly.ts';
import { resolveAssembly } from '#local/assembly/resolve-assembly.ts';
import { policiesFrom } from '#local/iam/policies-from.ts';
import type { Statement } from '#local/iam/statement.ts';
import { type DomainOrUnrecognized, HANDLER_NAMES } from '#shared/catalogue/domains.ts';
import { pascalCase } from '#shared/naming/output-names.ts';
import { NOT_PLAYED } from './not-played.ts';

/** Statements that say the same of each domain, or a single one: they are taken away at once, each from its own domain. */
export interface Round {
  /** Their id, `<Domain>` in the place of the domain's name. */
  readonly name: string;
  readonly statements: readonly { readonly statement: Statement; readonly domain: DomainOrUnrecognized | undefined }[];
}

/** Ids of CDK's end in a hash that says nothing to a reader. */
const HASH = /[0-9A-F]{8}(?=[#/]|$)/;
const OF_A_DOMAIN = new RegExp(
  `^(StripeFanoutPipeline/Handlers|StripeFanoutData/)(${HANDLER_NAMES.map(pascalCase).join('|')})(?=Handler|Queue|DeadLetterQueue)`,
);

/** The statement's id without hashes and domain; CDK's own statements, which have no Sid, by what they are about. */
export function nameOf({ id, source, effect }: Statement): string {
  const [holder = '', place = ''] = id.replace(HASH, '').split('#');
  const what = /^\d+$/.test(place) ? `${effect === 'Deny' ? 'Deny ' : ''}${[source.Action].flat().join()}` : place;
  return `${holder}#${what}`;
}

/** Every statement of an assembly's templates, once. */
export function statementsOf(assembly: string): readonly Statement[] {
  const policies = policiesFrom(resolveAssembly(readAssembly(assembly), { aws: '', api: '' }));
  return [...new Map(policies.flatMap((policy) => policy.statements).map((one) => [one.id, one])).values()];
}

/** The rounds of a run: all statements but those that are not played. */
export function roundsOf(statements: readonly Statement[]): Round[] {
  const played = statements.filter((statement) => !NOT_PLAYED.some((row) => row.statements.test(nameOf(statement))));
  const grouped = Map.groupBy(played, (statement) => nameOf(statement).replace(OF_A_DOMAIN, '$1<Domain>'));
  return [...grouped].map(([name, all]) => ({
    name,
    statements: all.map((statement) => ({ statement, domain: domainOf(statement) })),
  }));
}

function domainOf(statement: Statement): DomainOrUnrecognized | undefined {
  const pascal = OF_A_DOMAIN.exec(nameOf(statement))?.[2];
  return HANDLER_NAMES.find((name) => pascalCase(name) === pascal);
}
