import { DECISION_TYPES } from '#shared/catalogue/decision-types.ts';
import { agreementOf } from '#shared/event/agreement.ts';
import { eventFields } from '#shared/event/event-fields.ts';
import { isThin, type SnapshotEvent, type StripeEvent } from '#shared/event/stripe-event.ts';
import { type Answer, answer } from '#shared/webhook/answer.ts';
import { authenticate } from '#shared/webhook/authenticate.ts';
import { readEvent } from '#shared/webhook/read-event.ts';
import type { Delivery } from '#shared/webhook/read-request.ts';
import { Refusal } from '#shared/webhook/refusal.ts';
import { refuse } from '#shared/webhook/refuse.ts';
import { arrivalOf, budgetFrom } from './budget.ts';
import { copyToBus } from './copy-to-bus.ts';
import { type Decided, decide } from './decide.ts';
import type { AuthorizerPorts } from './ports.ts';
import { readAuthorization } from './read-authorization.ts';

/** Longest wait for the signing secrets, in milliseconds: an instance has them but for its first request. */
const SECRETS_MS = 500;

/**
 * Answers Stripe whether a card may be used. Never throws, and always answers in time: what is not Stripe's request is
 * refused, and Stripe's own gets the policy's decision or the fallback.
 * @param timeEpoch when the gateway got the request, in Unix milliseconds
 */
export async function authorize(
  ports: AuthorizerPorts,
  delivery: Delivery,
  timeEpoch: number | undefined,
): Promise<Answer> {
  const { clock, destination, secrets, telemetry } = ports;
  const arrivedAt = arrivalOf(timeEpoch, clock.now());
  const budget = budgetFrom(arrivedAt, () => clock.now(), ports.policyMs);
  let event: StripeEvent | undefined;
  try {
    await authenticate({ destinations: [destination], secrets, clock }, delivery, AbortSignal.timeout(SECRETS_MS));
    const { text, event: sent } = readEvent(delivery.body);
    event = sent;
    const asked = requestIn(sent, ports);

    const request = readAuthorization(asked);
    const decided = await decide(ports, asked, request, budget);
    const receivedAt = new Date(arrivedAt).toISOString();
    await copyToBus(ports, { read: { text, event: asked }, request, decided, receivedAt }, budget);
    report(ports, asked, decided, budget.spent());
    return answer(200, decided.decision, { 'stripe-version': asked.api_version ?? ports.apiVersion });
  } catch (error) {
    return refuse(telemetry, error, event);
  }
}

/** @throws {Refusal} Stripe asks for nothing here, or something of the other mode or account */
function requestIn(event: StripeEvent, { destination }: AuthorizerPorts): SnapshotEvent {
  if (isThin(event) || !DECISION_TYPES.includes(event.type)) {
    throw new Refusal(
      'not_an_authorization_request',
      `The event is ${event.type}; only requests for authorization were expected.`,
    );
  }
  const agreement = agreementOf(event, destination);
  if (agreement.outcome === 'expected') return event;
  const why =
    agreement.outcome === 'mismatch' ? agreement.why : `The destination "${destination.name}" takes live events only.`;
  throw new Refusal('destination_mismatch', why);
}

function report({ telemetry }: AuthorizerPorts, event: SnapshotEvent, decided: Decided, ms: number): void {
  const { approved } = decided.decision;
  telemetry.count(approved ? 'Approved' : 'Declined');
  telemetry.duration('AnsweredAfterMs', ms);
  const fellBack = decided.by === 'fallback' ? { code: decided.code, reason: decided.reason } : undefined;
  if (fellBack !== undefined) telemetry.count('FellBack');
  telemetry.log(fellBack === undefined ? 'info' : 'error', 'decided', {
    ...eventFields(event),
    approved,
    by: decided.by,
    ms,
    ...fellBack,
  });
}
