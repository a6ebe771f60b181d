import { errorCode, errorMessage } from '#shared/errors/pipeline-error.ts';
import { eventFields } from '#shared/event/event-fields.ts';
import type { SnapshotEvent } from '#shared/event/stripe-event.ts';
import { spendingRow } from '#shared/issuing/spending-row.ts';
import { objectScope } from '#shared/projection/object-key.ts';
import type { EventText } from '#shared/publishing/publish.ts';
import { publishOnce } from '#shared/publishing/publish-once.ts';
import { reportArrival } from '#shared/publishing/report-arrival.ts';
import type { AuthorizationRequest } from './authorization-policy.ts';
import type { Budget } from './budget.ts';
import type { Decided } from './decide.ts';
import type { AuthorizerPorts } from './ports.ts';

/** A request and what was decided about it. */
export interface Copy {
  readonly read: EventText & { readonly event: SnapshotEvent };
  readonly request: AuthorizationRequest | undefined;
  readonly decided: Decided;
  /** ISO 8601 with milliseconds. */
  readonly receivedAt: string;
}

/**
 * Puts the event on the bus with what was decided, and notes what the card spends, in the time that is left: nothing
 * can run after the answer. Never throws, and never takes longer.
 */
export async function copyToBus(ports: AuthorizerPorts, copy: Copy, budget: Budget): Promise<void> {
  const { work, settle } = budget.copy();
  const deadlines = { work: AbortSignal.timeout(work), settle: AbortSignal.timeout(settle) };
  await Promise.all([publish(ports, copy, deadlines), noteSpending(ports, copy, deadlines.work)]);
}

async function publish(
  ports: AuthorizerPorts,
  { read, decided, receivedAt }: Copy,
  deadlines: { readonly work: AbortSignal; readonly settle: AbortSignal },
): Promise<void> {
  const { telemetry, clock, destination } = ports;
  const { approved, amount } = decided.decision;
  const decision = { approved, by: decided.by, ...(amount !== undefined && { amount }) };
  const arrival = { payload: 'snapshot', via: 'webhook', destination: destination.name, receivedAt, decision } as const;
  try {
    const run = await publishOnce(ports, read, arrival, 'authorizer', deadlines);
    if (run.outcome === 'in_progress') telemetry.count('InFlight');
    else reportArrival({ telemetry, clock }, read.event, run);
  } catch (error) {
    telemetry.count('CopyMissed');
    const why = { code: errorCode(error), reason: errorMessage(error) };
    telemetry.log('error', 'not copied to the bus', { ...eventFields(read.event), ...why });
  }
}

/** What is not noted here, the reaction to the authorization's own events puts right some seconds later. */
async function noteSpending(
  { teamRows, telemetry }: AuthorizerPorts,
  { read: { event }, request, decided: { decision } }: Copy,
  signal: AbortSignal,
): Promise<void> {
  if (request === undefined || !decision.approved) return;
  const { authorization, amount } = request;
  const held = authorization.amount + (decision.amount ?? amount);
  const row = {
    ...spendingRow(authorization, held),
    scope: objectScope(event),
    asOf: event.created * 1_000,
    event: event.id,
  };
  await teamRows.put(row, signal).catch((error: unknown) => {
    telemetry.log('warn', 'spending not noted', { ...eventFields(event), reason: errorMessage(error) });
  });
}
