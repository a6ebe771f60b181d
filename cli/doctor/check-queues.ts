import { UNRECOGNIZED } from '#shared/catalogue/domains.ts';
import { ROUTES } from '#shared/catalogue/routes.ts';
import { QUEUE_OWNERS, type QueueOwner } from '#shared/naming/resource-names.ts';
import type { CommandContext } from '../command.ts';
import { type DeadLetterDesk, deadLetterDesk } from '../dead-letters/dead-letter-desk.ts';
import type { Target } from '../target/target.ts';
import { error, type Finding, ok, warn } from './finding.ts';

/** What a rule of the routing table, or one of the two beside it, sends to. */
const FED_BY_THE_BUS: ReadonlySet<QueueOwner> = new Set([...ROUTES.map(({ domain }) => domain), UNRECOGNIZED, 'thin']);

/** Whether the bus may send to every queue and DLQ, and whether the DLQs are empty. */
export async function checkQueues(target: Target, context: CommandContext): Promise<Finding[]> {
  const desk = await deadLetterDesk(target, context);
  const findings = (await Promise.all(QUEUE_OWNERS.map((owner) => checkOwner(desk, owner, target)))).flat();
  const bus = await desk.queues.counts(target.output('BusDlqUrl'));
  if (bus.visible + bus.hidden > 0) {
    const what = `The bus's own DLQ holds ${bus.visible + bus.hidden}: the bus could not process them.`;
    findings.push(error('dead letters', what, 'docs/runbooks/bus-dead-letters.md'));
  }
  return findings.length > 0 ? findings : [ok('queues', 'Every DLQ is empty, and the bus may send to every queue.')];
}

async function checkOwner(desk: DeadLetterDesk, owner: QueueOwner, target: Target): Promise<Finding[]> {
  const { stage, option } = target;
  const urls = desk.urlsOf(owner);
  const { visible, hidden } = await desk.queues.counts(urls.deadLetters);
  const findings: Finding[] = [];
  if (visible + hidden > 0) {
    findings.push(warn('dead letters', `${owner} has ${visible + hidden}.`, `fanout dlq show ${owner} ${option}`));
  }
  if (!FED_BY_THE_BUS.has(owner)) return findings;
  for (const url of [urls.queue, urls.deadLetters]) {
    if (letsRulesSend(await desk.queues.policy(url), target.output('BusName'))) continue;
    const what = `The policy of ${url.split('/').at(-1)} does not let EventBridge send.`;
    const remedy = `npm run deploy -- -c stage=${stage} --revert-drift, and find out who changed it by hand.`;
    findings.push(error('queue policies', what, remedy));
  }
  return findings;
}

function letsRulesSend(policy: string | undefined, bus: string): boolean {
  return policy?.includes('events.amazonaws.com') === true && policy.includes(`:rule/${bus}/`);
}
