import { eventFields } from '../event/event-fields.ts';
import { createdMs, type StripeEvent } from '../event/stripe-event.ts';
import type { RunOnce } from '../ledger/run-once.ts';
import type { Clock } from '../ports/clock.ts';
import type { Telemetry } from '../ports/telemetry.ts';
import type { Published } from './publish.ts';

/** Counts and logs what became of an event that came in and is on the bus, now or before. */
export function reportArrival(
  { telemetry, clock }: { readonly telemetry: Telemetry; readonly clock: Clock },
  event: StripeEvent,
  run: Exclude<RunOnce<Published>, { readonly outcome: 'in_progress' }>,
): 'accepted' | 'duplicate' {
  if (run.outcome === 'done') {
    telemetry.count('Duplicate');
    telemetry.log('info', 'duplicate', eventFields(event));
    return 'duplicate';
  }
  telemetry.count('Accepted');
  telemetry.duration('CreatedToAcceptedMs', Math.max(0, clock.now() - createdMs(event)));
  if (run.result === 'refused') telemetry.count('BusRefused');
  if (run.settled !== 'completed') telemetry.count('CompleteUnknown');
  telemetry.log(run.settled === 'completed' && run.result !== 'refused' ? 'info' : 'warn', 'accepted', {
    ...eventFields(event),
    published: run.result,
    ledger: run.settled,
  });
  return 'accepted';
}
