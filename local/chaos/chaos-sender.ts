import { setTimeout as sleep } from 'node:timers/promises';
import type { SnapshotEvent } from '#shared/event/stripe-event.ts';
import { postEvent, type TryResult } from '../stripe/emit/post-event.ts';
import { retrySchedule } from '../stripe/emit/retry-schedule.ts';
import type { TimeScale } from '../time-scale.ts';

/** What the sender knows of an event. */
export interface SentEvent {
  /** Tries that were answered 200. */
  taken: number;
  /**
   * Tries that leave open whether the event is on the bus: the function did not answer itself (killed, timed out, the
   * connection cut), or says that it does not know.
   */
  unknown: number;
  /** Deliveries given up after the last retry. */
  givenUp: number;
}

/** Real milliseconds an answer may take; far more than the function has. */
const ANSWER_MS = 20_000;

/** Sends as Stripe does: signed at each try, and again after anything but 2xx, for three days of scaled time. */
export class ChaosSender {
  /** By event id. */
  readonly sent = new Map<string, SentEvent>();
  /** Tries by how they ended: the outcome or the code in the answer, else its status or why there was none. */
  readonly answers = new Map<string, number>();
  /** Stripe signs with all of them; two while the secret is rolled. */
  secrets: readonly string[];
  readonly #webhookUrl: string;
  readonly #scale: TimeScale;
  readonly #retrying = new Set<Promise<void>>();

  constructor(webhookUrl: string, secret: string, scale: TimeScale) {
    this.#webhookUrl = webhookUrl;
    this.secrets = [secret];
    this.#scale = scale;
  }

  /** The first try of a delivery. Retries go on by themselves. */
  async deliver(event: SnapshotEvent): Promise<void> {
    if (await this.#try(event)) return;
    const retrying = this.#retry(event).finally(() => this.#retrying.delete(retrying));
    this.#retrying.add(retrying);
  }

  /** Posts once under a secret that is not ours. @returns whether it was refused */
  async forge(event: SnapshotEvent): Promise<boolean> {
    const result = await this.#post(event, ['whsec_somebody_else']);
    return !isTaken(result);
  }

  /** Waits until each delivery was taken or given up. */
  async done(): Promise<void> {
    while (this.#retrying.size > 0) await Promise.all(this.#retrying);
  }

  async #retry(event: SnapshotEvent): Promise<void> {
    for (const seconds of retrySchedule(true)) {
      await sleep(this.#scale.wait(seconds));
      if (await this.#try(event)) return;
    }
    this.#of(event).givenUp += 1;
  }

  async #try(event: SnapshotEvent): Promise<boolean> {
    const result = await this.#post(event, this.secrets);
    const answer = result.status === undefined ? result.reason : String(result.outcome ?? result.status);
    this.answers.set(answer, (this.answers.get(answer) ?? 0) + 1);
    const isOurs = result.status !== undefined && result.outcome !== undefined;
    if (!isOurs || answer === 'publish_failed') this.#of(event).unknown += 1;
    if (isTaken(result)) this.#of(event).taken += 1;
    return isTaken(result);
  }

  async #post(event: SnapshotEvent, secrets: readonly string[]): Promise<TryResult> {
    const url = event.account === undefined ? this.#webhookUrl : `${this.#webhookUrl}/connect`;
    return await postEvent(url, JSON.stringify(event), secrets, AbortSignal.timeout(ANSWER_MS));
  }

  #of({ id }: SnapshotEvent): SentEvent {
    const known = this.sent.get(id) ?? { taken: 0, unknown: 0, givenUp: 0 };
    this.sent.set(id, known);
    return known;
  }
}

function isTaken({ status }: TryResult): boolean {
  return status !== undefined && status >= 200 && status < 300;
}
