import { setTimeout as sleep } from 'node:timers/promises';
import type { SnapshotEvent } from '#shared/event/stripe-event.ts';
import { signatureHeader } from '#shared/signature/sign.ts';
import type { PipelineClient } from '../demo/pipeline-client.ts';

/** Real milliseconds between two tries. Stripe's own waits grow from a minute to hours; nobody practises for that long. */
const RETRY_MS = 1_500;

/** Stripe as far as a drill needs it: sends events, each again until it is taken, signed with the endpoint's secret. */
export class StripeSide {
  /** With which it signs, and which the endpoint's page in Stripe's dashboard shows. */
  signingSecret: string;
  readonly #client: Pick<PipelineClient, 'post'>;
  readonly #signal: AbortSignal;
  readonly #answers = new Map<string, number>();
  readonly #undelivered = new Set<string>();

  /** @param signal ends the tries */
  constructor(client: Pick<PipelineClient, 'post'>, signingSecret: string, signal: AbortSignal) {
    this.#client = client;
    this.signingSecret = signingSecret;
    this.#signal = signal;
  }

  /** Begins to deliver an event. */
  send(event: SnapshotEvent): void {
    this.#undelivered.add(event.id);
    void this.#deliver(event);
  }

  /** Answers so far: an outcome, or the code of a refusal, and how often. */
  get answers(): ReadonlyMap<string, number> {
    return this.#answers;
  }

  /** Events that are still to be delivered. */
  get undelivered(): ReadonlySet<string> {
    return this.#undelivered;
  }

  async #deliver(event: SnapshotEvent): Promise<void> {
    const body = JSON.stringify(event);
    while (!this.#signal.aborted) {
      const signature = signatureHeader(body, this.signingSecret, Math.floor(Date.now() / 1000));
      const answer = await this.#client.post(body, signature);
      this.#answers.set(answer, (this.#answers.get(answer) ?? 0) + 1);
      if (answer === 'accepted' || answer === 'duplicate') {
        this.#undelivered.delete(event.id);
        return;
      }
      await sleep(RETRY_MS, undefined, { signal: this.#signal, ref: false }).catch(() => undefined);
    }
  }
}
