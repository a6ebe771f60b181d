import { EVENT_TYPES } from '#shared/catalogue/event-types.ts';
import { findEventType } from '#shared/catalogue/find-event-type.ts';
import { didYouMean } from '#shared/naming/nearest-name.ts';
import type { CommandContext, Report } from '../command.ts';
import { UsageError } from '../usage-error.ts';
import { type Deliveries, LOCAL_RUNTIME, RuntimeClient, RuntimeFault } from './runtime-client.ts';

export interface ThinRequest {
  /** With or without its `v1.`. */
  readonly type: string;
  /** Of the local runtime, or of a destination in it. */
  readonly url: string | undefined;
  readonly count: number;
  readonly account: string | undefined;
  readonly livemode: boolean;
}

/** Milliseconds between two looks, and until the first answer has to be there. */
const LOOK_MS = 100;
const PATIENCE_MS = 30_000;

/**
 * Lets Stripe's stand-in in the local runtime send thin events: only there does somebody answer for the objects that
 * they name.
 * @throws {UsageError} for a type that Stripe does not send thin, or a URL elsewhere
 */
export async function sendThin(request: ThinRequest, context: CommandContext): Promise<Report> {
  const type = thinType(request.type);
  const { url = LOCAL_RUNTIME, count, account, livemode } = request;
  const runtime = new RuntimeClient(url, context);
  const destination = /^\/webhooks\/stripe\/([^/]+)$/.exec(new URL(url).pathname)?.[1];
  const tag = `send-${context.uniqueText()}`;
  const emission = {
    type,
    style: 'thin',
    livemode,
    tag,
    ...(account !== undefined && { account }),
    ...(destination !== undefined && { destination }),
  } as const;
  try {
    const ids = await runtime.emit(Array.from({ length: count }, () => emission));
    return report(ids, await answered(runtime, tag, context));
  } catch (thrown) {
    if (!(thrown instanceof RuntimeFault)) throw thrown;
    return { exitCode: 1, data: { error: { message: thrown.message } }, text: thrown.message };
  }
}

/** Waits for the answers; not for the tries after a refusal, which come by Stripe's schedule. */
async function answered(runtime: RuntimeClient, tag: string, { now, pause }: CommandContext): Promise<Deliveries> {
  const until = now() + PATIENCE_MS;
  for (;;) {
    const deliveries = await runtime.deliveries(tag);
    const refused = Object.keys(deliveries.refusals).length > 0;
    if (deliveries.pending === 0 || refused || now() >= until) return deliveries;
    await pause(LOOK_MS);
  }
}

function report(ids: readonly string[], deliveries: Deliveries): Report {
  const { accepted, duplicates, ignored, failed, pending, refusals } = deliveries;
  const outcomes = Object.entries({ accepted, duplicates, ignored, failed, 'still tried': pending });
  const counts = outcomes.flatMap(([outcome, count]) => (count > 0 ? [`${count} ${outcome}`] : []));
  const reasons = Object.entries(refusals).map(([reason, count]) => `${count} × ${reason}`);
  const text = [
    ...ids,
    counts.join(', '),
    ...(reasons.length > 0
      ? [`Refused: ${reasons.join(', ')}. Stripe's stand-in tries again as Stripe does; the runtime's log says why.`]
      : []),
  ].join('\n');
  return { exitCode: failed + pending > 0 ? 1 : 0, data: { events: ids, deliveries }, text };
}

function thinType(given: string): string {
  const entry = findEventType(given);
  if (entry?.thin) return entry.thin.type;
  if (entry) throw new UsageError(`Stripe sends no thin event of ${given}. Leave --thin out.`);
  const names = EVENT_TYPES.flatMap(({ type, thin }) => (thin ? [type, thin.type] : []));
  throw new UsageError(`There is no thin type ${given}.${didYouMean(given, names)}`);
}
