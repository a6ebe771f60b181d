import { isDeepStrictEqual } from 'node:util';
import type { Target } from '../target/target.ts';
import { expectedRules } from './expected-rules.ts';
import { error, type Finding, ok, warn } from './finding.ts';

/** EventBridge's default for a bus; adjustable, and 100 in af-south-1 and eu-south-1. */
const RULES_PER_BUS = 300;

/** Whether the bus has every rule of the routing table, switched on and with the pattern that this version has. */
export async function checkRules({ clients, output, stage, option }: Target): Promise<Finding[]> {
  const { rulesOfBus } = await import('#functions/adapters/operator/bus-rules.ts');
  const bus = output('BusName');
  const deploy = `npm run deploy -- -c stage=${stage}, with --revert-drift if somebody changed it by hand.`;
  const rules = await rulesOfBus(clients.events, bus);
  const byName = new Map(rules.map((rule) => [rule.name, rule]));
  const expected = expectedRules(stage);
  const findings = expected.flatMap(({ name, pattern }) => {
    const rule = byName.get(name);
    if (rule === undefined) return [error('rules', `${name} is missing: its events go nowhere.`, deploy)];
    if (!rule.isEnabled) {
      const remedy = `aws events enable-rule --event-bus-name ${bus} --name ${name}; then fanout replay --from 1d --rule ${name} ${option}`;
      return [error('rules', `${name} is switched off: its events go nowhere.`, remedy)];
    }
    const isSame = rule.pattern !== undefined && isDeepStrictEqual(JSON.parse(rule.pattern), pattern);
    return isSame ? [] : [warn('patterns', `${name} has another pattern than this version's catalogue.`, deploy)];
  });
  const left = RULES_PER_BUS - rules.length;
  const quota =
    left < 30
      ? warn('quotas', `The bus has ${rules.length} rules; ${RULES_PER_BUS} is the default limit.`, 'Raise the quota.')
      : ok('quotas', `The bus has room for ${left} rules more.`);
  return [...(findings.length > 0 ? findings : [ok('rules', `All ${expected.length} are on, as routed.`)]), quota];
}
