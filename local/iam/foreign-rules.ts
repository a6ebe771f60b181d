import { accountIn } from '../assembly/account.ts';
import { TemplateError } from '../assembly/template-error.ts';
import type { Rule } from '../events/rule.ts';
import type { AccessControl } from './access-control.ts';

/** What CloudFormation does to make a rule. */
const MAKING = ['events:PutRule', 'events:PutTargets'];

/**
 * Refuses rules that a stack of one account makes on the bus of another, where the bus's policy does not let it or
 * EventBridge would not take the target: in an account, that deployment would fail.
 * @throws {TemplateError} naming the rule
 */
export function admitForeignRules(rules: readonly Rule[], access: AccessControl): void {
  for (const rule of rules.filter(({ arn, createdBy }) => accountIn(arn) !== createdBy)) {
    for (const action of MAKING) {
      const denial = access.denial({
        principal: { kind: 'deployment', account: rule.createdBy },
        action,
        resource: rule.arn,
        context: { 'events:creatorAccount': rule.createdBy, 'events:source': sourcesOf(rule) },
      });
      if (denial !== undefined) throw new TemplateError(`The rule ${rule.name} cannot be made: ${denial}`);
    }
    const other = rule.targets.find(({ arn }) => !arn.includes(':event-bus/') || accountIn(arn) !== rule.createdBy);
    if (other) {
      throw new TemplateError(
        `The rule ${rule.name} has the target ${other.arn}: on the bus of another account it takes none but a bus of its own account.`,
      );
    }
  }
}

function sourcesOf({ pattern = '{}' }: Rule): readonly string[] {
  const { source = [] }: { readonly source?: readonly unknown[] } = JSON.parse(pattern);
  return source.map(String);
}
