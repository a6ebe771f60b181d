import { UNRECOGNIZED } from '#shared/catalogue/domains.ts';
import { EVENT_TYPES } from '#shared/catalogue/event-types.ts';
import { longestPrefix } from '#shared/catalogue/longest-prefix.ts';
import { isRecord } from '#shared/event/stripe-event.ts';
import { deadLetterQueueName, handlerName } from '#shared/naming/resource-names.ts';
import type { Runtime } from '../running-pipeline.ts';
import { byDomain } from './by-domain.ts';
import type { DemoResult } from './demo-result.ts';

/** A thin event that was sent: its canonical type, and Stripe's id. */
interface Sent {
  readonly type: string;
  readonly id: string;
}

/** Sends one event of each thin type, as Stripe's stand-in does, and counts what becomes of them. */
export class ThinTraffic {
  readonly #runtime: Runtime;
  readonly #resolved = new Set<string>();
  #sent: readonly Sent[] = [];

  constructor(runtime: Runtime) {
    this.#runtime = runtime;
    runtime.observations.on('published', ({ detail }) => {
      const { id, fanout }: Readonly<Record<string, unknown>> = JSON.parse(detail);
      if (isRecord(fanout) && fanout.payload === 'resolved') this.#resolved.add(String(id));
    });
  }

  /** Begins to send them: of live mode, so that their objects and those of the snapshots are not the same. */
  send(): void {
    // Domain by domain, so that a few warm handlers will do.
    const types = byDomain(EVENT_TYPES.filter(({ thin }) => thin !== undefined).map(({ type }) => type));
    this.#sent = types.flatMap((type) => {
      const emitted = this.#runtime.stripe?.emit({ type, style: 'thin', livemode: true, seed: 'demo' }) ?? [];
      return emitted.map(({ id }) => ({ type, id }));
    });
  }

  get sent(): number {
    return this.#sent.length;
  }

  get resolved(): number {
    return this.#resolved.size;
  }

  /** @param handledBy function that reported each event as handled, by its id */
  count(handledBy: ReadonlyMap<string, string>, stage: string): DemoResult['thin'] {
    const isResolved = ({ id }: Sent) => this.#resolved.has(id);
    // By the right function: what a wrong rule took, another one reports.
    const isHandled = ({ id, type }: Sent) =>
      handledBy.get(id) === handlerName(stage, longestPrefix(type)?.domain ?? UNRECOGNIZED);
    const parked = this.#runtime.queueDepths()[deadLetterQueueName(stage, 'thin')];
    return {
      sent: this.#sent.length,
      resolved: this.#sent.filter(isResolved).length,
      handled: this.#sent.filter(isHandled).length,
      parked: parked?.visible ?? 0,
      missing: this.#sent.filter((event) => !isResolved(event) || !isHandled(event)).map(({ type }) => type),
    };
  }
}
