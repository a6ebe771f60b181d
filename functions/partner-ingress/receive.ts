import { InProgressElsewhere, OutOfTime } from '#shared/errors/queue-errors.ts';
import { agreementOf } from '#shared/event/agreement.ts';
import { eventFields } from '#shared/event/event-fields.ts';
import { accountOf, isThin } from '#shared/event/stripe-event.ts';
import type { Ledger } from '#shared/ledger/ledger.ts';
import { notingRelease } from '#shared/ledger/noting-release.ts';
import type { Deadlines } from '#shared/ledger/run-once.ts';
import type { QueueMessage } from '#shared/ports/messages.ts';
import { publishOrWait } from '#shared/publishing/publish-or-wait.ts';
import { reportArrival } from '#shared/publishing/report-arrival.ts';
import type { BatchAnswer, SqsBatch } from '#shared/queues/batch.ts';
import type { Subject } from '#shared/queues/queue-ports.ts';
import { batchDeadlines, LEASE_MARGIN_MS, settleBatch } from '#shared/queues/settle-batch.ts';
import { PartnerMismatch, PartnerSourceUnknown } from './partner-errors.ts';
import type { PartnerIngressPorts } from './ports.ts';
import { unwrap } from './unwrap.ts';

/**
 * Takes a batch of events that Stripe put on its partner event buses.
 * @param remainingMs until Lambda's timeout
 */
export function receiveBatch(ports: PartnerIngressPorts, batch: SqsBatch, remainingMs: number): Promise<BatchAnswer> {
  const deadlines = batchDeadlines(remainingMs);
  const ledger = ports.ledgerWith(remainingMs + LEASE_MARGIN_MS);
  return settleBatch(ports, batch, deadlines, (message, subject) =>
    receive(ports, message, subject, ledger, deadlines),
  );
}

/**
 * Publishes one event, unless its webhook twin, or it itself, was published already. The message is done only when the
 * event is on the bus.
 * @throws whatever keeps it from being taken
 */
async function receive(
  ports: PartnerIngressPorts,
  message: QueueMessage,
  subject: Subject,
  ledger: Ledger,
  deadlines: Deadlines,
): Promise<void> {
  if (deadlines.work.aborted) throw new OutOfTime(`No time was left to begin with message ${message.messageId}.`);
  const { source: name, ...read } = unwrap(message);
  const { event } = read;
  Object.assign(subject, { event: event.id, type: event.type, account: accountOf(event) });
  const source = ports.sources.find((declared) => declared.source === name);
  if (source === undefined) throw new PartnerSourceUnknown(`The stage declares no partner event source ${name}.`);

  const telemetry = ports.telemetryFor(source);
  const agreement = agreementOf(event, source);
  if (agreement.outcome === 'mismatch') throw new PartnerMismatch(agreement.why);
  if (agreement.outcome === 'ignored') {
    telemetry.count('Ignored');
    telemetry.log('info', 'ignored', eventFields(event));
    return;
  }
  const run = await publishOrWait(
    {
      ...ports,
      telemetry,
      ledger: notingRelease(ledger, () => {
        subject.isRecorded = true;
      }),
    },
    read,
    {
      payload: isThin(event) ? 'thin' : 'snapshot',
      via: 'partner',
      destination: source.name,
      receivedAt: new Date(ports.clock.now()).toISOString(),
    },
    ports.domain,
    deadlines,
  );
  if (run.outcome === 'in_progress') {
    throw new InProgressElsewhere(`The event ${event.id} is being published elsewhere.`, run.leaseUntil);
  }
  reportArrival({ telemetry, clock: ports.clock }, event, run);
}
