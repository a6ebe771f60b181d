import { UNRECOGNIZED } from '#shared/catalogue/domains.ts';
import { OutOfTime } from '#shared/errors/queue-errors.ts';
import type { Ledger } from '#shared/ledger/ledger.ts';
import type { Deadlines } from '#shared/ledger/run-once.ts';
import type { QueueMessage } from '#shared/ports/messages.ts';
import type { Subject } from '#shared/queues/queue-ports.ts';
import { announceType } from './announce-type.ts';
import { openMessage } from './open-message.ts';
import type { HandlerPorts } from './ports.ts';
import { project } from './projection/project.ts';
import type { Reactions } from './reaction.ts';
import { runReactions } from './run-reactions.ts';

/**
 * Handles one message: projects its object, then runs the reactions to it.
 * @param subject is filled as soon as the event is known, for whoever reports a failure
 * @throws whatever keeps it from being handled
 */
export async function handleMessage(
  ports: HandlerPorts,
  reactions: Reactions,
  message: QueueMessage,
  subject: Subject,
  ledger: Ledger,
  deadlines: Deadlines,
): Promise<void> {
  const { telemetry, clock } = ports;
  if (deadlines.work.aborted) throw new OutOfTime(`No time was left to begin with message ${message.messageId}.`);
  const opened = await openMessage(message, ports.payloads, deadlines.work);
  if ('refused' in opened) {
    Object.assign(subject, { event: opened.id, type: opened.refused.type });
    telemetry.count('BusRefused');
    telemetry.log('warn', 'handled', { ...subject, outcome: 'refused_by_bus', code: opened.refused.code });
    return;
  }
  const { event } = opened;
  Object.assign(subject, { event: event.id, type: event.type, account: event.account });

  const projected = await project(ports, opened, deadlines.work);
  if (projected === 'written' || projected === 'ambiguous') telemetry.count('Projected');
  if (projected === 'ambiguous') telemetry.count('Ambiguous');
  if (projected === 'unprojectable') telemetry.count('Unprojectable');

  const failure = await runReactions(ports, reactions, opened, ledger, deadlines);
  if (failure !== undefined) {
    subject.isRecorded = failure.isRecorded;
    throw failure.thrown;
  }
  if (ports.domain === UNRECOGNIZED) await announceType(ports, event, ledger, deadlines);
  telemetry.count('Handled');
  if (opened.replay === undefined)
    telemetry.duration('CreatedToHandledMs', Math.max(0, clock.now() - event.created * 1000));
  telemetry.log('info', 'handled', { ...subject, outcome: projected, replay: opened.replay !== undefined });
}
