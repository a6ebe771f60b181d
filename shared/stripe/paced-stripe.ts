import { PipelineError } from '../errors/pipeline-error.ts';
import { OutOfTime } from '../errors/queue-errors.ts';
import { StripeRateLimited } from '../errors/stripe-errors.ts';
import type { Pacer } from '../pacing/pacer.ts';
import type { Clock } from '../ports/clock.ts';
import type { StripeAnswer, StripeApi, StripeRequest } from '../ports/stripe-api.ts';
import type { Telemetry } from '../ports/telemetry.ts';

export interface PacedStripePorts {
  readonly stripe: StripeApi;
  readonly pacer: Pacer;
  readonly telemetry: Telemetry;
  readonly clock: Clock;
}

/** An answer, and from when on it can be true. */
export interface Fetched {
  readonly answer: StripeAnswer;
  /** Unix milliseconds when the request was begun: the object was in this state then, or later. */
  readonly startedAt: number;
}

/**
 * Tries that a request is worth within one invocation while Stripe answers 429, and the longest wait between two, in ms.
 * A message has few receives, and a crowded second should not cost it one.
 */
const MAX_TRIES = 3;
const MAX_HOLD_MS = 5_000;

/**
 * Stripe's API at the pace of one invocation. The same object that is asked for twice is fetched once: whoever asks
 * knows of a change that happened before, so one answer serves them all.
 */
export class PacedStripe {
  readonly #ports: PacedStripePorts;
  readonly #asked = new Map<string, Promise<Fetched>>();

  constructor(ports: PacedStripePorts) {
    this.#ports = ports;
  }

  /**
   * Fetches what a path answers, or joins whoever is fetching or has fetched it.
   * @throws {OutOfTime} its turn did not come in time
   * @throws whatever {@link StripeApi.request} throws
   */
  get(request: StripeRequest, signal: AbortSignal): Promise<Fetched> {
    const key = JSON.stringify([request.livemode, request.context ?? '', request.path]);
    const known = this.#asked.get(key);
    if (known !== undefined) {
      this.#ports.telemetry.count('Coalesced');
      return known;
    }
    const asking = this.#request(request, signal);
    this.#asked.set(key, asking);
    return asking;
  }

  async #request(request: StripeRequest, signal: AbortSignal): Promise<Fetched> {
    for (let tries = 1; ; tries += 1) {
      try {
        return await this.#once(request, signal);
      } catch (error) {
        const wait = error instanceof StripeRateLimited ? (error.notBeforeSeconds ?? 1) * 1_000 : Infinity;
        if (wait > MAX_HOLD_MS || tries === MAX_TRIES) throw error;
        // Whatever else is asked for would be refused as well, for one limit is the account's.
        this.#ports.pacer.hold(wait);
      }
    }
  }

  async #once(request: StripeRequest, signal: AbortSignal): Promise<Fetched> {
    const { stripe, pacer, telemetry, clock } = this.#ports;
    const waited = await pacer.turn(signal).catch((cause: unknown) => {
      throw new OutOfTime(`No time was left to ask Stripe for ${request.path}.`, { cause });
    });
    telemetry.duration('StripeWaitMs', waited);
    const startedAt = clock.now();
    try {
      return { answer: await stripe.request(request, signal), startedAt };
    } catch (error) {
      if (error instanceof PipelineError && error.code.startsWith('stripe_')) telemetry.count('StripeRefusals');
      throw error;
    }
  }
}
