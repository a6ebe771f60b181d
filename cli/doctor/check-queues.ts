import { QUEUE_OWNERS, type QueueOwner } from '#shared/naming/resource-names.ts';
import type { CommandContext } from '../command.ts';
import { type DeadLetterDesk, deadLetterDesk } from '../dead-letters/dead-letter-desk.ts';
import type { Target } from '../target/target.ts';
import { error, type Finding, ok, warn } from './finding.ts';

/** Whether the bus may send to every queue and DLQ, and whether the DLQs are empty. */
export async function checkQueues(target: Target, context: CommandContext): Promise<Finding[]> {
  const desk = await deadLetterDesk(target, context);
  const findings = (await Promise.all(QUEUE_OWNERS.map((owner) => checkOwner(desk, owner, target.isLocal)))).flat();
  const bus = await desk.queues.counts(target.output('BusDlqUrl'));
  if (bus.visible + bus.hidden > 0) {
    const what = `The bus's own DLQ holds ${bus.visible + bus.hidden}: the bus could not process them.`;
    findings.push(error('dead letters', what, 'Look at ERROR_MESSAGE of its messages, and send the events again.'));
  }
  return findings.length > 0 ? findings : [ok('queues', 'Every DLQ is empty, and the bus may send to every queue.')];
}

async function checkOwner(desk: DeadLetterDesk, owner: QueueOwner, isLocal: boolean): Promise<Finding[]> {
  const urls = desk.urlsOf(owner);
  const { visible, hidden } = await desk.queues.counts(urls.deadLetters);
  const findings: Finding[] = [];
  if (visible + hidden > 0) {
    findings.push(warn('dead letters', `${owner} has ${visible + hidden}.`, `fanout dlq show ${owner}`));
  }
  // The local runtime's queues tell no policy.
  if (isLocal) return findings;
  for (const url of [urls.queue, urls.deadLetters]) {
    if ((await desk.queues.policy(url))?.includes('events.amazonaws.com')) continue;
    const what = `The policy of ${url.split('/').at(-1)} does not let EventBridge send.`;
    findings.push(error('queue policies', what, 'Deploy the Data stack again, and find out who changed the policy.'));
  }
  return findings;
}
