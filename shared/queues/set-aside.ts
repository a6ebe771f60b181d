import { type Disposition, errorCode, errorMessage, PipelineError } from '../errors/pipeline-error.ts';
import { InProgressElsewhere, OutOfTime } from '../errors/queue-errors.ts';
import type { Failure } from '../ledger/ledger.ts';
import type { Deadlines } from '../ledger/run-once.ts';
import type { QueueMessage } from '../ports/messages.ts';
import { metricsOf } from '../telemetry/metric-names.ts';
import { handlingKey } from './handling-key.ts';
import { hideSeconds } from './hide-seconds.ts';
import type { QueuePorts, Subject } from './queue-ports.ts';

/**
 * Puts a message that was not handled where its error says: back into the queue for a while, or into the DLQ. Each
 * cause has one ledger row with its reason: a stage its own, all else one for the event's handling in this domain.
 * @returns `kept` when it stays in the queue
 */
export async function setAside(
  ports: QueuePorts,
  message: QueueMessage,
  subject: Subject,
  thrown: unknown,
  deadlines: Deadlines,
): Promise<'kept' | 'parked'> {
  const { telemetry, failures, messages } = ports;
  const known = { event: subject.event, type: subject.type, account: subject.account, receive: message.receiveCount };
  const ignoreFault = (error: unknown) =>
    telemetry.log('error', 'not settled', { ...known, reason: errorMessage(error) });
  const keep = async () => {
    await messages.hide(message, hideSeconds(ports, message, thrown), deadlines.settle).catch(ignoreFault);
    return 'kept' as const;
  };

  if (thrown instanceof OutOfTime) {
    telemetry.count('OutOfTime');
    return 'kept';
  }
  if (thrown instanceof InProgressElsewhere) {
    telemetry.count('InProgress');
    telemetry.log('info', 'in progress elsewhere', { ...known, reason: thrown.message });
    return keep();
  }

  const disposition: Disposition = thrown instanceof PipelineError ? thrown.disposition : 'retry';
  const failure = failureOf(ports, subject, thrown);
  for (const metric of metricsOf(disposition === 'retry' ? 'Failed' : 'Parked', failure.code)) telemetry.count(metric);
  telemetry.log('error', 'not handled', { ...known, disposition, code: failure.code, reason: failure.message });
  if (!subject.isRecorded) {
    await failures.record(handlingKey(ports, message, subject), failure, deadlines.settle).catch(ignoreFault);
  }
  if (disposition === 'retry') return keep();
  try {
    await messages.park(message, failure, deadlines.settle);
    return 'parked';
  } catch (error) {
    ignoreFault(error);
    return keep();
  }
}

function failureOf({ domain }: QueuePorts, { type, account }: Subject, thrown: unknown): Failure {
  return { domain, code: errorCode(thrown), message: errorMessage(thrown), type: type ?? 'unknown', account };
}
