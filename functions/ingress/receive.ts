import { canonicalType } from '#shared/catalogue/canonical-type.ts';
import { DECISION_TYPES } from '#shared/catalogue/decision-types.ts';
import { errorCode, errorMessage } from '#shared/errors/pipeline-error.ts';
import { agreementOf } from '#shared/event/agreement.ts';
import { eventFields } from '#shared/event/event-fields.ts';
import { isThin, type StripeEvent } from '#shared/event/stripe-event.ts';
import type { Deadlines, RunOnce } from '#shared/ledger/run-once.ts';
import type { Telemetry } from '#shared/ports/telemetry.ts';
import type { Published } from '#shared/publishing/publish.ts';
import type { Arrival } from '#shared/publishing/publish-once.ts';
import { publishOrWait } from '#shared/publishing/publish-or-wait.ts';
import { reportArrival } from '#shared/publishing/report-arrival.ts';
import type { Answer } from '#shared/webhook/answer.ts';
import { authenticate } from '#shared/webhook/authenticate.ts';
import { readEvent } from '#shared/webhook/read-event.ts';
import type { Delivery } from '#shared/webhook/read-request.ts';
import { Refusal } from '#shared/webhook/refusal.ts';
import { refuse } from '#shared/webhook/refuse.ts';
import { inFlight, received } from './answer.ts';
import type { IngressPorts } from './ports.ts';

/**
 * Takes one delivery: 200 only when the event is on the bus, or already was. Never throws: whatever happens has an
 * answer, and every answer but 200 makes Stripe send the event again.
 */
export async function receive(ports: IngressPorts, delivery: Delivery, deadlines: Deadlines): Promise<Answer> {
  const known = ports.destinations.some(({ name }) => name === delivery.destination);
  const telemetry = ports.telemetryFor(known ? delivery.destination : 'unknown');
  let event: StripeEvent | undefined;
  try {
    const receivedAt = new Date(ports.clock.now()).toISOString();
    const destination = await authenticate(ports, delivery, deadlines.work);
    const read = readEvent(delivery.body);
    event = read.event;
    const agreement = agreementOf(read.event, destination);
    if (agreement.outcome === 'mismatch') throw new Refusal('destination_mismatch', agreement.why);
    if (agreement.outcome === 'ignored') {
      telemetry.count('Ignored');
      telemetry.log('info', 'ignored', eventFields(read.event));
      return received(read.event.id, 'ignored');
    }
    // Stripe waits for an answer that this one cannot give; it is published like any other.
    if (DECISION_TYPES.includes(canonicalType(event.type))) telemetry.count('CannotDecide');
    const payload = isThin(read.event) ? 'thin' : 'snapshot';
    const arrival: Arrival = { payload, via: 'webhook', destination: destination.name, receivedAt };
    const run = await publishOrWait({ ...ports, telemetry }, read, arrival, 'ingress', deadlines);
    const answer = report(ports, telemetry, read.event, run);
    if (answer.statusCode === 200) await noteSigner(ports, telemetry, delivery, deadlines.settle);
    return answer;
  } catch (error) {
    return refuse(telemetry, error, event);
  }
}

/** Not to know it yet delays a rotation, and no event: the answer stands. */
async function noteSigner(ports: IngressPorts, telemetry: Telemetry, delivery: Delivery, signal: AbortSignal) {
  await ports.signers.note(delivery.destination, delivery, signal).catch((error: unknown) => {
    telemetry.log('warn', 'signer not written down', { code: errorCode(error), reason: errorMessage(error) });
  });
}

function report(ports: IngressPorts, telemetry: Telemetry, event: StripeEvent, run: RunOnce<Published>): Answer {
  if (run.outcome === 'in_progress') {
    telemetry.count('InFlight');
    telemetry.log('warn', 'in flight elsewhere', eventFields(event));
    return inFlight(event.id, Math.max(1, Math.ceil((run.leaseUntil - ports.clock.now()) / 1000)));
  }
  return received(event.id, reportArrival({ telemetry, clock: ports.clock }, event, run));
}
