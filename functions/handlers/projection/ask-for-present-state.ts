import { worthAskingAt } from '#shared/projection/fetched-as-of.ts';
import type { ObjectRow } from '#shared/projection/object-row.ts';
import type { OpenedEvent } from '../open-message.ts';
import type { HandlerPorts } from '../ports.ts';

/** SQS holds no message back for longer. */
const MAX_DELAY_SECONDS = 900;

/**
 * Asks for an object's present state where the row that this event is part of is not the last word: its events of one
 * time cannot be told apart, or the domain wants the latest. It goes by the row and not by what this run has written,
 * so that a message that comes again after a crash asks too. What Stripe's API does not answer is not asked for.
 * @param row as it stands after the event
 * @returns whether it was asked for
 * @throws {QueueUnavailable}
 */
export async function askForPresentState(
  ports: Pick<HandlerPorts, 'domain' | 'freshness' | 'refreshes' | 'clock'>,
  { event }: OpenedEvent,
  row: ObjectRow | undefined,
  signal: AbortSignal,
): Promise<boolean> {
  if (row === undefined) return false;
  const reason = whyAsk(event, row, ports.freshness);
  if (reason === undefined) return false;
  // Loaded on first use: unless a domain wants the latest, few rows ask, and it knows every place where Stripe answers.
  const { presentStateRequest } = await import('./present-state-request.ts');
  const request = presentStateRequest(event, row, reason, ports);
  if (request === undefined) return false;
  const delay = Math.ceil((worthAskingAt(row.asOf) - ports.clock.now()) / 1000);
  await ports.refreshes.ask(request, Math.min(Math.max(delay, 0), MAX_DELAY_SECONDS), signal);
  return true;
}

function whyAsk({ id, fanout }: OpenedEvent['event'], row: ObjectRow, freshness: HandlerPorts['freshness']) {
  const isPartOfIt = [row.current, ...row.rivals].some(({ event }) => event === id);
  if (!isPartOfIt || row.tombstone) return undefined;
  if (row.ambiguous) return 'tie';
  // What was fetched is the present state already.
  return freshness === 'latest' && fanout.resolvedAt === undefined ? 'latest' : undefined;
}
