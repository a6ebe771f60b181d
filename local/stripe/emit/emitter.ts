import type { Destination } from '#shared/environment/destination.ts';
import type { InFlight } from '../../observe/in-flight.ts';
import type { StripeWorld } from '../store/stripe-world.ts';
import { chooseDestination } from './choose-destination.ts';
import { type DeliveryPorts, deliverEvent } from './deliver-event.ts';
import { DeliveryReport, type DeliverySummary } from './delivery-report.ts';
import type { Emission, Emitted } from './emission.ts';
import { type MadeEvent, makeEvents } from './make-events.ts';

/** Where events go, as a stage declares it. */
export interface DeliveryTargets {
  readonly destinations: readonly Destination[];
  readonly urlOf: (destination: string) => string;
  /** The signing secret of a destination, as it is now. */
  readonly secretOf: (destination: string) => string;
}

/** Makes events and delivers them with Stripe's habits. */
export class Emitter {
  readonly #world: StripeWorld;
  readonly #targets: DeliveryTargets;
  readonly #ports: DeliveryPorts & { readonly inFlight: InFlight };
  readonly #reports = new Map<string, DeliveryReport>();

  constructor(world: StripeWorld, targets: DeliveryTargets, ports: DeliveryPorts & { readonly inFlight: InFlight }) {
    this.#world = world;
    this.#targets = targets;
    this.#ports = ports;
  }

  /**
   * Makes the events and begins to deliver them.
   * @throws {EmissionRefused}
   */
  emit(emission: Emission): readonly Emitted[] {
    const styles = emission.style === 'both' ? (['snapshot', 'thin'] as const) : [emission.style ?? 'snapshot'];
    const names = new Map(
      styles.map((style) => [style, chooseDestination(this.#targets.destinations, style, emission)]),
    );
    return makeEvents(emission, this.#world, Date.now()).map((made) => {
      const destination = names.get(made.style) ?? '';
      this.#deliver(made, destination, emission);
      const { id, type } = made.stored.event;
      return { id, type, style: made.style, destination, ...(made.object !== undefined && { object: made.object }) };
    });
  }

  /** How the deliveries went of the emissions with a tag, or of those without one. */
  report(tag = ''): DeliverySummary {
    return (this.#reports.get(tag) ?? new DeliveryReport()).summary();
  }

  #deliver(
    { stored, body }: MadeEvent,
    destination: string,
    { copies = 1, delayMs = 0, livemode = false, tag }: Emission,
  ) {
    const report = this.#reportFor(tag);
    report.emitted(copies);
    stored.deliveries.set(destination, 'pending');
    const delivery = {
      url: this.#targets.urlOf(destination),
      body,
      livemode,
      delayMs,
      secret: () => this.#targets.secretOf(destination),
    };
    for (let copy = 0; copy < copies; copy += 1) {
      void this.#ports.inFlight.during('deliveries of Stripe', async () => {
        const delivered = await deliverEvent(delivery, report, this.#ports);
        // Once one copy came through, the event is delivered.
        if (delivered !== undefined && stored.deliveries.get(destination) !== 'delivered') {
          stored.deliveries.set(destination, delivered ? 'delivered' : 'failed');
        }
      });
    }
  }

  #reportFor(tag = ''): DeliveryReport {
    const report = this.#reports.get(tag) ?? new DeliveryReport();
    this.#reports.set(tag, report);
    return report;
  }
}
