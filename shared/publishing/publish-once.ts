import { errorCode, errorMessage } from '../errors/pipeline-error.ts';
import { PublishUnknown } from '../errors/store-errors.ts';
import { accountOf, createdMs, isThin } from '../event/stripe-event.ts';
import type { Ledger } from '../ledger/ledger.ts';
import { type Deadlines, type RunOnce, runOnce } from '../ledger/run-once.ts';
import type { Telemetry } from '../ports/telemetry.ts';
import { objectKey } from '../projection/object-key.ts';
import { type EventText, type Origin, type Published, type PublishPorts, publish } from './publish.ts';

export interface PublishOncePorts extends PublishPorts {
  readonly ledger: Ledger;
  readonly telemetry: Telemetry;
}

/** An event as it came in from Stripe: nothing of it was fetched or changed. */
export type Arrival = Pick<Origin, 'via' | 'destination' | 'receivedAt' | 'decision'> & {
  readonly payload: 'snapshot' | 'thin';
};

/**
 * Publishes an event that came in, unless the ledger says that it was published already: the one way onto the bus for
 * every way in. What may be published twice is counted, and the count written, before the row is given back or the event
 * published again: so no crash in between leaves it uncounted.
 * @param failedUnder the name under which operators find a failure in the `failures` index
 * @throws {LedgerUnavailable | PublishFailed | PublishUnknown | PayloadStoreUnavailable}
 */
export function publishOnce(
  ports: PublishOncePorts,
  read: EventText,
  arrival: Arrival,
  failedUnder: string,
  deadlines: Deadlines,
): Promise<RunOnce<Published>> {
  const { event } = read;
  const [type, account] = [event.type, accountOf(event)];
  const { payload, destination, via } = arrival;
  return runOnce(
    ports.ledger,
    {
      key: { event: event.id, stage: 'publish' },
      facts: {
        type,
        account,
        livemode: event.livemode,
        created: createdMs(event),
        payload,
        destination,
        via,
        object: isThin(event) ? event.related_object?.id : objectKey(event)?.object,
      },
      run: async (claim) => {
        if (claim.takenOver) ports.telemetry.countNow('PublishRepeated');
        return publish(ports, read, arrival, deadlines.work).catch((error: unknown) => {
          if (error instanceof PublishUnknown) ports.telemetry.countNow('PublishUnknown');
          throw error;
        });
      },
      failure: (thrown) => ({
        domain: failedUnder,
        code: errorCode(thrown),
        message: errorMessage(thrown),
        type,
        account,
      }),
    },
    deadlines,
  );
}
