import { canonicalType } from '#shared/catalogue/canonical-type.ts';
import { errorCode, errorMessage } from '#shared/errors/pipeline-error.ts';
import { InProgressElsewhere } from '#shared/errors/queue-errors.ts';
import { PublishUnknown } from '#shared/errors/store-errors.ts';
import { StripeFindsNothing } from '#shared/errors/stripe-errors.ts';
import { createdMs } from '#shared/event/stripe-event.ts';
import type { Claim } from '#shared/ledger/ledger.ts';
import { runOnce } from '#shared/ledger/run-once.ts';
import { type Origin, publish } from '#shared/publishing/publish.ts';
import { fetchParts, type Parts } from './fetch-parts.ts';
import type { Invocation, ResolverPorts } from './ports.ts';
import type { Notification } from './read-notification.ts';
import { accountBehind, resolvedEvent } from './resolved-event.ts';
import { twinOf } from './twin-of.ts';

/** What became of a notification: published with its object, or without one, or told already by its snapshot twin. */
export type Resolution = 'resolved' | 'missing' | 'twin';

/**
 * Does the work of the stage `resolve`.
 *
 * Twins are published under the snapshot's id and fenced by the snapshot's own row of the stage `publish`, the same
 * that the ingress claims: whichever of the two comes first takes it, and the other finds it done. The row is looked at
 * before anything is fetched, and claimed only when all is at hand, so that a snapshot that arrives meanwhile is not
 * turned away for as long as Stripe takes to answer.
 */
export async function resolve(
  ports: ResolverPorts,
  notification: Notification,
  claim: Claim,
  { ledger, stripe, deadlines }: Invocation,
): Promise<Resolution> {
  const { event, fanout } = notification;
  const twin = twinOf(event, fanout.destination, ports.destinations);
  const fence = { event: twin ?? event.id, stage: 'publish' } as const;
  if (twin !== undefined && (await ledger.isDone(fence, deadlines.work))) return 'twin';

  // Before anything can fail: a row that is given back says nothing any more of who may have published before.
  const countRepeat = ({ takenOver }: Claim) => {
    if (takenOver) ports.telemetry.countNow('PublishRepeated');
  };
  if (twin === undefined) countRepeat(claim);
  const asking = { stripe, breaker: ports.breaker, signal: deadlines.work };
  const parts = await fetchParts(event, claim, asking).catch((error: unknown) => {
    if (error instanceof StripeFindsNothing) ports.telemetry.count('NotFoundBreakerOpen');
    throw error;
  });
  const destination = ports.destinations.find(({ name }) => name === fanout.destination);
  const account = accountBehind(event, destination);
  const resolved = resolvedEvent(notification, parts, fence.event, account);
  const origin = originOf(notification, parts);
  const put = async (): Promise<Resolution> => {
    await publish(ports, resolved, origin, deadlines.work).catch((error: unknown) => {
      if (error instanceof PublishUnknown) ports.telemetry.countNow('PublishUnknown');
      throw error;
    });
    return parts.missing ? 'missing' : 'resolved';
  };
  if (twin === undefined) return put();

  const ran = await runOnce(
    ledger,
    {
      key: fence,
      facts: {
        type: canonicalType(event.type),
        account,
        livemode: event.livemode,
        created: createdMs(event),
        payload: 'resolved',
        destination: fanout.destination,
        via: fanout.via,
        object: event.related_object?.id,
      },
      run: (fenced) => {
        countRepeat(fenced);
        return put();
      },
      failure: (thrown) => ({
        domain: ports.domain,
        code: errorCode(thrown),
        message: errorMessage(thrown),
        type: event.type,
        account,
      }),
    },
    deadlines,
  );
  if (ran.outcome === 'in_progress') {
    throw new InProgressElsewhere(`Snapshot ${twin}, the twin of ${event.id}, is being published.`, ran.leaseUntil);
  }
  return ran.outcome === 'done' ? 'twin' : ran.result;
}

function originOf({ fanout }: Notification, { startedAt, missing }: Parts): Origin {
  const { via, destination, receivedAt } = fanout;
  return {
    payload: 'resolved',
    via,
    destination,
    receivedAt,
    ...(startedAt !== undefined && { resolvedAt: new Date(startedAt).toISOString() }),
    ...(missing && { missing }),
  };
}
