import { isRecord } from '#shared/event/stripe-event.ts';
import { postSigned } from './post-signed.ts';

/** How one try ended: answered with a status, or without an answer for a reason. */
export type TryResult =
  /** `outcome`: what the answer says became of the event, or the code of its refusal. */
  { readonly status: number; readonly outcome: unknown } | { readonly status: undefined; readonly reason: string };

/**
 * Posts an event as Stripe does.
 * @param secrets the destination's signing secret; both, while it is rolled
 * @param signal ends the try; by its time-out when the reason is a `TimeoutError`
 */
export async function postEvent(
  url: string,
  body: string,
  secrets: string | readonly string[],
  signal: AbortSignal,
): Promise<TryResult> {
  try {
    const response = await postSigned(url, body, secrets, signal);
    return { status: response.status, outcome: outcomeIn(await response.text()) };
  } catch (thrown) {
    const timedOut = thrown instanceof Error && thrown.name === 'TimeoutError';
    return { status: undefined, reason: timedOut ? 'timeout' : 'no connection' };
  }
}

function outcomeIn(text: string): unknown {
  try {
    const answer: unknown = JSON.parse(text);
    if (!isRecord(answer)) return undefined;
    return isRecord(answer.error) ? answer.error.code : answer.outcome;
  } catch {
    return undefined;
  }
}
