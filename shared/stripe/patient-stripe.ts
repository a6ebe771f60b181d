import { StripeRateLimited, StripeUnavailable } from '../errors/stripe-errors.ts';
import type { StripeAnswer, StripeApi, StripeRequest } from '../ports/stripe-api.ts';

export interface PatientStripePorts {
  readonly stripe: StripeApi;
  /** Resolves after so many milliseconds; rejects when the signal aborts. */
  sleep(ms: number, signal: AbortSignal): Promise<void>;
  /** 0 to below 1: spreads those who wait for the same thing. */
  random(): number;
  /** @default 5 */
  readonly maxTries?: number;
}

/** Milliseconds before the second try; doubled before each further one. */
const FIRST_WAIT_MS = 500;
/** Longest wait that Stripe may ask for: who asks for more does not want to be asked again now. */
const MAX_WAIT_MS = 30_000;

/**
 * Asks again, a few times, where Stripe was busy or out of order for a moment: for who has no queue behind it. A POST is
 * repeated with its idempotency key, so that it is done once however often it is asked.
 */
export class PatientStripe implements StripeApi {
  readonly #ports: PatientStripePorts;

  constructor(ports: PatientStripePorts) {
    this.#ports = ports;
  }

  async request(request: StripeRequest, signal: AbortSignal): Promise<StripeAnswer> {
    const { stripe, sleep, random, maxTries = 5 } = this.#ports;
    for (let tries = 1; ; tries += 1) {
      try {
        return await stripe.request(request, signal);
      } catch (error) {
        const wait = waitBefore(error, tries, random());
        const isRepeatable = request.method !== 'POST' || request.idempotencyKey !== undefined;
        if (wait === undefined || !isRepeatable || tries >= maxTries || signal.aborted) throw error;
        await sleep(wait, signal);
      }
    }
  }
}

/** @returns milliseconds; `undefined` when another try is of no use */
function waitBefore(error: unknown, tries: number, random: number): number | undefined {
  if (!(error instanceof StripeRateLimited || error instanceof StripeUnavailable)) return undefined;
  const asked = (error.notBeforeSeconds ?? 0) * 1_000;
  if (asked > MAX_WAIT_MS) return undefined;
  return Math.max(asked, FIRST_WAIT_MS * 2 ** (tries - 1)) * (1 + random / 4);
}
