import { NotAnEvent, OutOfTime, TooEarly } from '#shared/errors/queue-errors.ts';
import { StripeFindsNothing, StripeKeyMissing } from '#shared/errors/stripe-errors.ts';
import type { QueueMessage } from '#shared/ports/messages.ts';
import { fetchedAsOf, worthAskingAt } from '#shared/projection/fetched-as-of.ts';
import type { ObjectRow } from '#shared/projection/object-row.ts';
import type { Subject } from '#shared/queues/queue-ports.ts';
import { type RefreshRequest, readRefreshRequest } from '#shared/refresh/refresh-request.ts';
import type { Fetched, PacedStripe } from '#shared/stripe/paced-stripe.ts';
import { fetchState } from './fetch-state.ts';
import type { RefreshPorts } from './ports.ts';
import { writeState } from './write-state.ts';

/** Longest that an invocation waits for the moment from which on an answer is worth something, in milliseconds. */
const MAX_WAIT_MS = 5_000;

/**
 * Answers one request for an object's present state: fetches it and gives it to the domain that asked, whose handler is
 * the only one that writes rows. A row that has become newer meanwhile needs nothing, so requests that come twice, or
 * in a crowd for one object, cost Stripe one.
 * @param subject is filled as soon as the request is read, for whoever reports a failure
 * @throws whatever keeps it from being answered
 */
export async function refreshMessage(
  ports: RefreshPorts,
  message: QueueMessage,
  subject: Subject,
  stripe: PacedStripe,
  signal: AbortSignal,
): Promise<void> {
  const { messageId, body, receiveCount } = message;
  if (signal.aborted) throw new OutOfTime(`No time was left to begin with message ${messageId}.`);
  const request = readRefreshRequest(body);
  if (request === undefined) throw new NotAnEvent(`Message ${messageId} asks for no object's present state.`);
  Object.assign(subject, { event: request.event, type: request.type, account: request.account });

  const outcome = await answer(ports, request, stripe, receiveCount > 1, signal).catch((error: unknown) => {
    if (error instanceof StripeFindsNothing) ports.asking.count('NotFoundBreakerOpen');
    // A stage without keys asks nobody: its row stays as it is, and says so.
    if (error instanceof StripeKeyMissing && request.reason === 'tie') return 'StateWithoutKey' as const;
    throw error;
  });
  ports.telemetry.count(outcome);
  ports.telemetry.log('info', 'present state', { ...subject, object: request.key.object, outcome });
}

async function answer(
  ports: RefreshPorts,
  request: RefreshRequest,
  stripe: PacedStripe,
  isRepeated: boolean,
  signal: AbortSignal,
): Promise<'StateFetched' | 'StateKnown' | 'ObjectMissing'> {
  const row = await ports.objects.read(request.key, signal);
  if (row !== undefined && isAnswered(row, request)) return 'StateKnown';
  await untilWorthIt(ports, request, signal);
  const found = await fetchState(request, isRepeated, { stripe, breaker: ports.breaker, signal });
  // Whatever may be concluded from that, an event will tell.
  if (found === undefined) return 'ObjectMissing';
  // One that was fetched for somebody else in the batch may be too old for this one.
  assertNewer(found, request);
  await ports.domains.send(request.domain, await writeState(ports, request, found, signal), signal);
  return 'StateFetched';
}

/** A newer event or answer, a deletion, or an event that told the order of the others: nothing is open any more. */
function isAnswered({ asOf, tombstone, ambiguous }: ObjectRow, request: RefreshRequest): boolean {
  return asOf > request.asOf || tombstone || (request.reason === 'tie' && !ambiguous);
}

function assertNewer({ startedAt }: Fetched, { asOf, event }: RefreshRequest): void {
  if (fetchedAsOf(startedAt) > asOf) return;
  throw new TooEarly(`What was fetched for another event is no newer than what ${event} showed.`, 1);
}

/** The handler has asked SQS for the delay; only where clocks differ, or an event is dated ahead, there is more to wait. */
async function untilWorthIt({ clock, sleep }: RefreshPorts, { asOf, event }: RefreshRequest, signal: AbortSignal) {
  const wait = worthAskingAt(asOf) - clock.now();
  if (wait <= 0) return;
  if (wait > MAX_WAIT_MS) {
    throw new TooEarly(`${event} is dated ${wait} ms ahead of what could be asked for now.`, wait / 1000);
  }
  await sleep(wait, signal).catch((cause: unknown) => {
    throw new OutOfTime(`No time was left to wait for what ${event} asks for.`, { cause });
  });
}
