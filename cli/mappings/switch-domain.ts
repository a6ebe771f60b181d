import { setTimeout as sleep } from 'node:timers/promises';
import { queueUrlOutput } from '#shared/naming/output-names.ts';
import type { QueueOwner } from '#shared/naming/resource-names.ts';
import type { CommandContext, Report } from '../command.ts';
import { OperatorFault } from '../operator-fault.ts';
import type { Target } from '../target/target.ts';

/** Milliseconds between two looks, and after which Lambda has had time enough. */
const LOOK_EVERY_MS = 1_000;
const GIVE_UP_MS = 180_000;

/**
 * Switches a domain's draining off or on, and waits until Lambda says that it is so.
 * @throws {OperatorFault} no function drains its queue, or Lambda does not come to an end
 */
export async function switchDomain(
  target: Target,
  domain: QueueOwner,
  enabled: boolean,
  context: CommandContext,
): Promise<Report> {
  const { eventSourceMappings, mappingState, switchMapping } = await import(
    '#functions/adapters/operator/event-source-mappings.ts'
  );
  const { sqsOperatorQueues } = await import('#functions/adapters/operator/sqs-operator-queues.ts');
  const { lambda, sqs } = target.clients;
  const wanted = enabled ? 'Enabled' : 'Disabled';
  const url = target.output(queueUrlOutput(domain));
  const queues = sqsOperatorQueues(sqs);
  const mappings = await eventSourceMappings(lambda, await queues.arn(url));
  if (mappings.length === 0) {
    throw new OperatorFault('no_mapping', `Nothing drains ${domain} in ${target.label}: it has no function.`);
  }
  const others = mappings.filter(({ state }) => state !== wanted);
  for (const { id } of others) await switchMapping(lambda, id, enabled);

  const deadline = context.now() + GIVE_UP_MS;
  for (const { id } of others) {
    for (let state = ''; state !== wanted; ) {
      state = await mappingState(lambda, id);
      context.bar(`${domain} is ${state.toLowerCase()}`, state === wanted ? 1 : 0, 1);
      if (state === wanted) break;
      if (context.signal.aborted || context.now() > deadline) {
        throw new OperatorFault('not_switched', `Lambda was asked, and the mapping of ${domain} is still ${state}.`);
      }
      await sleep(LOOK_EVERY_MS, undefined, { signal: context.signal }).catch(() => undefined);
    }
  }
  const { visible, hidden } = await queues.counts(url);
  return {
    exitCode: 0,
    data: { target: target.label, domain, state: wanted, changed: others.length > 0, waiting: visible + hidden },
    text: textOf(domain, enabled, others.length > 0, visible + hidden),
  };
}

function textOf(domain: QueueOwner, enabled: boolean, changed: boolean, waiting: number): string {
  const state = enabled ? 'drained' : 'paused';
  const now = changed ? `${domain} is ${state} now.` : `${domain} was ${state} already.`;
  const meaning = enabled
    ? `${waiting} messages wait and will be handled.`
    : `${waiting} messages wait. The queue keeps each for 4 days: fanout resume ${domain} before that, or they are lost.`;
  return `${now} ${meaning}`;
}
