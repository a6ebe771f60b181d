import { isRecord } from '#shared/event/stripe-event.ts';
import { QUOTAS } from './service-quotas.ts';

/**
 * Says what is over its quota in one rule.
 * @param rule the resolved properties of an `AWS::Events::Rule`
 */
export function ruleProblems(rule: { readonly eventPattern?: unknown; readonly targets?: unknown }): string[] {
  const targets = Array.isArray(rule.targets) ? rule.targets.length : 0;
  const characters = JSON.stringify(rule.eventPattern ?? {}).length;
  return [
    ...over('targets', targets, QUOTAS.targetsPerRule, 'add a rule for the rest'),
    ...over('characters of pattern', characters, QUOTAS.patternCharacters, 'shorten the pattern or split the rule'),
  ];
}

/**
 * Says what is over its quota in one queue's policy. References count with the length they have in the template,
 * which is more than that of the ARNs they become.
 * @param document a resolved policy document
 */
export function queuePolicyProblems(document: unknown): string[] {
  const listed: unknown = isRecord(document) ? document.Statement : undefined;
  const statements: readonly unknown[] = Array.isArray(listed) ? listed : [];
  const conditions = statements.reduce<number>((sum, statement) => sum + conditionCount(statement), 0);
  const bytes = Buffer.byteLength(JSON.stringify(document));
  const remedy = 'let one statement speak for several senders';
  return [
    ...over('policy conditions', conditions, QUOTAS.policyConditions, remedy),
    ...over('policy statements', statements.length, QUOTAS.policyStatements, remedy),
    ...over('bytes of policy', bytes, QUOTAS.policyBytes, remedy),
  ];
}

/** Says when a bus has more rules than it may. @param region the Region's name, where it is known */
export function busProblems(rules: number, region?: string): string[] {
  const isSmall = QUOTAS.regionsWithFewRules.some((small) => small === region);
  return over(
    'rules on the bus',
    rules,
    isSmall ? QUOTAS.fewRulesPerBus : QUOTAS.rulesPerBus,
    'merge rules, or raise the quota and its number here',
  );
}

/** One condition is one key under one operator. */
function conditionCount(statement: unknown): number {
  if (!isRecord(statement) || !isRecord(statement.Condition)) return 0;
  return Object.values(statement.Condition).reduce<number>(
    (sum, keys) => sum + (isRecord(keys) ? Object.keys(keys).length : 1),
    0,
  );
}

function over(what: string, seen: number, quota: number, remedy: string): string[] {
  return seen <= quota ? [] : [`${seen} ${what}, but ${quota} is the quota: ${remedy}.`];
}
