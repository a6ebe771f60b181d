import type { BusRule } from '#functions/adapters/operator/bus-rules.ts';
import { ROUTES } from '#shared/catalogue/routes.ts';
import { type RuleId, ruleName } from '#shared/naming/resource-names.ts';

const BESIDE_THE_ROUTES: readonly RuleId[] = ['Thin', 'Unrecognized'];

/** The rules of a stage's bus that are neither this project's nor kept by an AWS service for itself, as an archive's is. */
export function otherRules(rules: readonly BusRule[], stage: string): readonly BusRule[] {
  const own = new Set([...ROUTES.map(({ id }) => id), ...BESIDE_THE_ROUTES].map((id) => ruleName(stage, id)));
  return rules.filter(({ name, managedBy }) => managedBy === undefined && !own.has(name));
}
