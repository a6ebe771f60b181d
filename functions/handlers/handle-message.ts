import { UNRECOGNIZED } from '#shared/catalogue/domains.ts';
import { OutOfTime } from '#shared/errors/queue-errors.ts';
import { REFRESHED_TYPE } from '#shared/event/bus-entry.ts';
import type { Ledger } from '#shared/ledger/ledger.ts';
import type { Deadlines } from '#shared/ledger/run-once.ts';
import type { QueueMessage } from '#shared/ports/messages.ts';
import type { Subject } from '#shared/queues/queue-ports.ts';
import { announceType } from './announce-type.ts';
import { type OpenedEvent, openMessage } from './open-message.ts';
import type { HandlerPorts } from './ports.ts';
import { askForPresentState } from './projection/ask-for-present-state.ts';
import { type Projection, project } from './projection/project.ts';
import type { Reactions } from './reaction.ts';
import { runReactions } from './run-reactions.ts';

/**
 * Handles one message: projects its object, asks for the object's present state where that is wanted, and runs the
 * reactions to it. A present state that was asked for comes as a message too, and is projected only.
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

  const { outcome, row } = await project(ports, opened, deadlines.work);
  const asking = ask(ports, opened, row, deadlines.work);
  if (event.type === REFRESHED_TYPE) {
    await asking;
    telemetry.count('Refreshed');
    telemetry.log('info', 'refreshed', { ...subject, outcome });
    return;
  }
  count(ports, outcome);
  // A reaction does not wait until somebody can be asked; the message does.
  const [asked] = await Promise.allSettled([asking]);
  await react(ports, reactions, opened, subject, ledger, deadlines);
  if (asked.status === 'rejected') throw asked.reason;

  telemetry.count('Handled');
  if (opened.replay === undefined)
    telemetry.duration('CreatedToHandledMs', Math.max(0, clock.now() - event.created * 1000));
  telemetry.log('info', 'handled', { ...subject, outcome, replay: opened.replay !== undefined });
}

async function ask(ports: HandlerPorts, opened: OpenedEvent, row: Projection['row'], signal: AbortSignal) {
  if (await askForPresentState(ports, opened, row, signal)) ports.telemetry.count('RefreshAsked');
}

function count({ telemetry }: HandlerPorts, outcome: Projection['outcome']): void {
  if (outcome === 'written' || outcome === 'ambiguous') telemetry.count('Projected');
  if (outcome === 'ambiguous') telemetry.count('Ambiguous');
  if (outcome === 'unprojectable') telemetry.count('Unprojectable');
}

async function react(
  ports: HandlerPorts,
  reactions: Reactions,
  opened: OpenedEvent,
  subject: Subject,
  ledger: Ledger,
  deadlines: Deadlines,
): Promise<void> {
  const failure = await runReactions(ports, reactions, opened, ledger, deadlines);
  if (failure !== undefined) {
    subject.isRecorded = failure.isRecorded;
    throw failure.thrown;
  }
  if (ports.domain === UNRECOGNIZED) await announceType(ports, opened.event, ledger, deadlines);
}
