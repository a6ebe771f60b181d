import { errorCode, errorMessage } from '../errors/pipeline-error.ts';
import { eventFields } from '../event/event-fields.ts';
import type { StripeEvent } from '../event/stripe-event.ts';
import type { Telemetry } from '../ports/telemetry.ts';
import { metricsOf } from '../telemetry/metric-names.ts';
import { type Answer, failed } from './answer.ts';
import { Refusal } from './refusal.ts';

/**
 * Counts and logs why a request is not taken.
 * @param event as far as is known what was sent: a log query by its id must find that it was not taken
 * @returns the answer: the sender's fault, or ours
 */
export function refuse(telemetry: Telemetry, error: unknown, event: StripeEvent | undefined): Answer {
  const code = errorCode(error);
  const isOurFault = !(error instanceof Refusal);
  for (const metric of isOurFault ? metricsOf('Unavailable', code) : (['Refused', `Refused_${error.code}`] as const)) {
    telemetry.count(metric);
  }
  telemetry.log(isOurFault ? 'error' : 'warn', isOurFault ? 'not taken' : 'refused', {
    ...(event === undefined ? {} : eventFields(event)),
    code,
    reason: errorMessage(error),
  });
  return failed(error);
}
