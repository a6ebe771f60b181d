import type { Target } from '../target/target.ts';
import { expectedRules } from './expected-rules.ts';
import { type Finding, ok } from './finding.ts';
import { deliveryFindings } from './rule-delivery.ts';
import { stagePartsOf } from './stage-parts.ts';

const CHECK = 'targets';
/** Rules that are asked about at once: EventBridge allows some 50 such calls a second. */
const AT_ONCE = 5;

/** Whether each rule that is there still delivers to its domain's queue, with the DLQ behind it. */
export async function checkTargets(target: Target): Promise<Finding[]> {
  const parts = stagePartsOf(target);
  if (parts === undefined) return [ok(CHECK, 'Not looked at: another version deployed this stage.')];
  const { rulesOfBus, targetsOfRule } = await import('#functions/adapters/operator/bus-rules.ts');
  const { events } = target.clients;
  const bus = target.output('BusName');
  const there = new Set((await rulesOfBus(events, bus)).map(({ name }) => name));
  const rules = expectedRules(target.stage).filter(
    ({ name, owner }) => there.has(name) && parts.delivered.includes(owner),
  );
  const findings: Finding[] = [];
  for (let at = 0; at < rules.length; at += AT_ONCE) {
    const looks = rules.slice(at, at + AT_ONCE).map(async ({ name, owner }) => {
      const repair = `fanout replay --from 1d --rule ${name} ${target.option}`;
      const targets = await targetsOfRule(events, bus, name);
      return deliveryFindings({ check: CHECK, name, owner, repair }, targets, target);
    });
    findings.push(...(await Promise.all(looks)).flat());
  }
  return findings.length > 0 ? findings : [ok(CHECK, `${rules.length} rules deliver to their queues.`)];
}
