import { setTimeout as sleep } from 'node:timers/promises';
import { EventBridgeClient, PutPartnerEventsCommand } from '@aws-sdk/client-eventbridge';
import { type Mode, readStripeConfiguration } from '#shared/destinations/stripe-configuration.ts';
import type { SnapshotEvent } from '#shared/event/stripe-event.ts';
import type { Runtime } from '../running-pipeline.ts';

/** Real milliseconds between two tries, and how long they go on: a restart under load takes far less. */
const RETRY_MS = 200;
const GIVE_UP_MS = 180_000;

/** Puts events on the stage's partner event buses as Stripe does. Nobody tells it what becomes of them there. */
export class PartnerSender {
  readonly #events: EventBridgeClient;
  readonly #outputs: Runtime['outputs'];

  constructor({ awsUrl, outputs }: Pick<Runtime, 'awsUrl' | 'outputs'>) {
    const credentials = { accessKeyId: 'stripe', secretAccessKey: 'stripe' };
    // Tries again by itself: the client's own tries share a budget, which one restart uses up.
    this.#events = new EventBridgeClient({ endpoint: awsUrl, region: 'us-east-1', credentials, maxAttempts: 1 });
    this.#outputs = outputs;
  }

  /**
   * Puts an event on the bus of its mode, again until EventBridge says that it is there: once more than that where an
   * answer was lost.
   * @throws {Error} EventBridge does not take it
   */
  async put(event: SnapshotEvent): Promise<void> {
    const { source } = this.sourceOf(event.livemode ? 'live' : 'test');
    const Entries = [{ Source: source, DetailType: event.type, Detail: JSON.stringify(event) }];
    for (const giveUpAt = Date.now() + GIVE_UP_MS; ; await sleep(RETRY_MS)) {
      const answer = await this.#events.send(new PutPartnerEventsCommand({ Entries })).catch((thrown: unknown) => {
        if (Date.now() > giveUpAt) throw thrown;
      });
      if (answer === undefined) continue;
      const [entry] = answer.Entries ?? [];
      if (entry?.EventId !== undefined) return;
      throw new Error(`The partner bus did not take ${event.id}: ${entry?.ErrorCode} ${entry?.ErrorMessage}`);
    }
  }

  /**
   * The source that brings the events of a mode.
   * @throws {Error} the stage declares none
   */
  sourceOf(mode: Mode) {
    const sources = readStripeConfiguration(this.#outputs.StripeConfiguration ?? '{}')?.partnerSources ?? [];
    const found = sources.find((source) => source.mode === mode);
    if (found === undefined) throw new Error(`The stage declares no partner event source of ${mode} mode.`);
    return found;
  }

  close(): void {
    this.#events.destroy();
  }
}
