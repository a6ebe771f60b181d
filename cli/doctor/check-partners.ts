import { isDeepStrictEqual } from 'node:util';
import type { PartnerSource } from '#shared/environment/partner-source.ts';
import { partnerRuleName } from '#shared/naming/resource-names.ts';
import type { Target } from '../target/target.ts';
import { error, type Finding, ok } from './finding.ts';
import { deliveryFindings } from './rule-delivery.ts';
import { stagePartsOf } from './stage-parts.ts';

const CHECK = 'partner sources';
/** Nothing keeps what a partner bus could not deliver, but Stripe does for 30 days. */
const FETCH = 'fetch what was missed: docs/runbooks/partner-loses-events.md';

/** Whether each of Stripe's partner event sources has its bus, and that bus the rule that feeds the pipeline. */
export async function checkPartners(target: Target): Promise<Finding[]> {
  const sources = stagePartsOf(target)?.partnerSources ?? [];
  return (await Promise.all(sources.map((source) => checkSource(source, target)))).flat();
}

async function checkSource({ name, source }: PartnerSource, target: Target): Promise<Finding[]> {
  const { rulesOfBus, targetsOfRule } = await import('#functions/adapters/operator/bus-rules.ts');
  const { partnerSourceState } = await import('#functions/adapters/operator/partner-source-state.ts');
  const { events } = target.clients;
  const deploy = `npm run deploy -- -c stage=${target.stage} --revert-drift`;

  const state = await partnerSourceState(events, source);
  if (state === undefined || state === 'DELETED') {
    const what = `${name}: there is no ${source} in this account and Region, or its destination at Stripe was deleted.`;
    return [
      error(CHECK, what, `fanout destinations partner ${target.option} makes another one; declare that, and deploy.`),
    ];
  }
  if (state !== 'ACTIVE') {
    const what = `${name}: ${source} is ${state}, it has no bus. After seven days without one AWS gives it up.`;
    return [error(CHECK, what, deploy)];
  }
  const rule = (await rulesOfBus(events, source)).find((one) => one.name === partnerRuleName(target.stage));
  if (rule === undefined) return [error(CHECK, `${name}: its bus has no rule, so its events go nowhere.`, deploy)];
  if (!rule.isEnabled) {
    const remedy = `aws events enable-rule --event-bus-name ${source} --name ${rule.name}; then ${FETCH}`;
    return [error(CHECK, `${name}: its rule is switched off, so its events go nowhere.`, remedy)];
  }
  if (rule.pattern === undefined || !isDeepStrictEqual(JSON.parse(rule.pattern), { source: [source] })) {
    return [error(CHECK, `${name}: its rule has another pattern than "all of ${source}".`, `${deploy}; then ${FETCH}`)];
  }
  const delivering = { check: CHECK, name: rule.name, owner: 'partner', repair: FETCH } as const;
  const found = deliveryFindings(delivering, await targetsOfRule(events, source, rule.name), target);
  return found.length > 0 ? found : [ok(CHECK, `${name} feeds the pipeline.`)];
}
