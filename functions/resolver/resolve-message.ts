import { errorCode, errorMessage } from '#shared/errors/pipeline-error.ts';
import { InProgressElsewhere, OutOfTime } from '#shared/errors/queue-errors.ts';
import { createdMs } from '#shared/event/stripe-event.ts';
import { notingRelease } from '#shared/ledger/noting-release.ts';
import { runOnce } from '#shared/ledger/run-once.ts';
import type { QueueMessage } from '#shared/ports/messages.ts';
import type { Subject } from '#shared/queues/queue-ports.ts';
import type { Invocation, ResolverPorts } from './ports.ts';
import { assertStaysAtStripe, readNotification } from './read-notification.ts';
import { resolve } from './resolve.ts';

/**
 * Resolves one notification, once: fetches what it refers to and publishes the uniform event.
 * @param subject is filled as soon as the event is known, for whoever reports a failure
 * @throws whatever keeps it from being resolved
 */
export async function resolveMessage(
  ports: ResolverPorts,
  message: QueueMessage,
  subject: Subject,
  invocation: Invocation,
): Promise<void> {
  const { telemetry, clock, domain } = ports;
  const { deadlines } = invocation;
  if (deadlines.work.aborted) throw new OutOfTime(`No time was left to begin with message ${message.messageId}.`);
  const notification = await readNotification(message, ports.payloads, deadlines.work);
  const { event } = notification;
  const facts = { event: event.id, type: event.type, account: event.context?.split('/').at(-1) };
  Object.assign(subject, facts);
  assertStaysAtStripe(event);

  const ledger = notingRelease(invocation.ledger, () => {
    subject.isRecorded = true;
  });
  const ran = await runOnce(
    ledger,
    {
      key: { event: event.id, stage: 'resolve' },
      run: (claim) => resolve(ports, notification, claim, invocation),
      failure: (thrown) => ({ domain, code: errorCode(thrown), message: errorMessage(thrown), ...facts }),
    },
    deadlines,
  );
  if (ran.outcome === 'in_progress') {
    throw new InProgressElsewhere(`${event.id} is being resolved elsewhere.`, ran.leaseUntil);
  }
  const outcome = ran.outcome === 'done' ? 'duplicate' : ran.result;
  telemetry.count(METRICS[outcome]);
  if (ran.outcome === 'ran') {
    if (ran.settled !== 'completed') telemetry.count('CompleteUnknown');
    telemetry.duration('CreatedToResolvedMs', Math.max(0, clock.now() - createdMs(event)));
  }
  telemetry.log('info', 'resolved', { ...facts, outcome });
}

const METRICS = {
  resolved: 'Resolved',
  missing: 'ObjectMissing',
  twin: 'TwinSkipped',
  duplicate: 'ResolveDuplicate',
} as const;
