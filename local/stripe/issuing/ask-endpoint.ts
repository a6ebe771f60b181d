import { isRecord } from '#shared/event/stripe-event.ts';
import { postSigned } from '../emit/post-signed.ts';

/** What an endpoint said in time, or that it said nothing that Stripe takes. */
export type EndpointAnswer =
  | {
      readonly reason: 'webhook_approved' | 'webhook_declined';
      readonly status: number;
      readonly amount: number | undefined;
      readonly metadata: Readonly<Record<string, unknown>>;
    }
  | { readonly reason: 'webhook_error'; readonly status: number | undefined }
  | { readonly reason: 'webhook_timeout'; readonly status: undefined };

/** Stripe's patience, in real milliseconds. */
const PATIENCE_MS = 2_000;

/**
 * Asks the real-time endpoint, and reads the answer by Stripe's rules: in two seconds, 200, with its version and a
 * decision.
 * @param mayNameAmount whether an amount in the answer is taken
 */
export async function askEndpoint(
  url: string,
  body: string,
  secret: string,
  mayNameAmount: boolean,
  stopping: AbortSignal,
): Promise<EndpointAnswer> {
  const patience = AbortSignal.timeout(PATIENCE_MS);
  let status: number | undefined;
  try {
    const response = await postSigned(url, body, secret, AbortSignal.any([patience, stopping]));
    status = response.status;
    const answer: unknown = JSON.parse(await response.text());
    const isTaken = status === 200 && response.headers.has('stripe-version') && isRecord(answer);
    if (!isTaken || typeof answer.approved !== 'boolean') return { reason: 'webhook_error', status };
    const { approved, amount, metadata } = answer;
    if (amount !== undefined && !(mayNameAmount && Number.isSafeInteger(amount) && Number(amount) > 0)) {
      return { reason: 'webhook_error', status };
    }
    return {
      reason: approved ? 'webhook_approved' : 'webhook_declined',
      status,
      amount: amount === undefined ? undefined : Number(amount),
      metadata: isRecord(metadata) ? metadata : {},
    };
  } catch {
    return patience.aborted ? { reason: 'webhook_timeout', status: undefined } : { reason: 'webhook_error', status };
  }
}
