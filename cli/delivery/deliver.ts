import { isRecord } from '#shared/event/stripe-event.ts';
import { signatureHeader } from '#shared/signature/sign.ts';
import type { CommandContext } from '../command.ts';
import { isLoopback, type Target } from './target.ts';

/** How long an answer may take, in milliseconds: the most that senders of webhooks are known to wait. */
const PATIENCE_MS = 30_000;

/** What the ingress said when it took an event. */
export interface Receipt {
  readonly status: number;
  readonly id: string;
  /** `accepted`, `duplicate` or `ignored`. */
  readonly outcome: string;
}

/** Why an event was not taken. */
export interface Refusal {
  /** Absent when nothing answered. */
  readonly status?: number;
  /** The ingress's own code; `unreachable` or `not_the_ingress` when it was not the ingress that answered. */
  readonly code: string;
  readonly message: string;
  readonly remedy: string;
}

/** Posts a body as Stripe does: signed now, and without following a redirect. */
export async function deliver(
  body: string,
  { url, secret }: Target,
  { fetch, now }: CommandContext,
): Promise<Receipt | Refusal> {
  const headers = {
    'content-type': 'application/json',
    'stripe-signature': signatureHeader(body, secret, Math.floor(now() / 1000)),
  };
  const signal = AbortSignal.timeout(PATIENCE_MS);
  try {
    const response = await fetch(url.href, { method: 'POST', headers, body, redirect: 'manual', signal });
    return read(response.status, await response.text());
  } catch {
    const remedy = isLoopback(url) ? 'Start the pipeline with `npm run dev` in another terminal.' : 'Check the URL.';
    return { code: 'unreachable', message: `Nothing answers at ${url.href}.`, remedy };
  }
}

function read(status: number, text: string): Receipt | Refusal {
  const { received, id, outcome, error } = parsed(text);
  if (status === 200 && received === true && typeof id === 'string' && typeof outcome === 'string') {
    return { status, id, outcome };
  }
  if (isRecord(error) && typeof error.code === 'string') {
    return { status, code: error.code, message: String(error.message), remedy: String(error.remedy) };
  }
  return { status, code: 'not_the_ingress', ...explanation(status) };
}

function explanation(status: number): Pick<Refusal, 'message' | 'remedy'> {
  if (status >= 300 && status < 400) {
    return {
      message: 'The answer is a redirect, which Stripe does not follow.',
      remedy: 'Give the URL it leads to; http instead of https is the usual reason.',
    };
  }
  if (status === 429) {
    return { message: "The API's throttle refused the request.", remedy: 'Send more slowly, or raise the throttle.' };
  }
  return {
    message: 'The answer is not the ingress’s {"received":true,…}: the event was not taken.',
    remedy: 'Check the URL: it ends in /webhooks/stripe or /webhooks/stripe/<destination>.',
  };
}

function parsed(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text);
    return isRecord(value) ? value : {};
  } catch {
    return {};
  }
}
