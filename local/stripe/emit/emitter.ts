import { randomUUID } from 'node:crypto';
import type { Destination } from '#shared/environment/destination.ts';
import type { InFlight } from '../../observe/in-flight.ts';
import type { LocalDestination } from '../destinations/local-destination.ts';
import type { LocalDestinations } from '../destinations/local-destinations.ts';
import { showEventDestination } from '../destinations/show-event-destination.ts';
import type { StripeWorld } from '../store/stripe-world.ts';
import { chooseDestination } from './choose-destination.ts';
import { type DeliveryPorts, deliverEvent } from './deliver-event.ts';
import { DeliveryReport, type DeliverySummary } from './delivery-report.ts';
import type { Emission, Emitted } from './emission.ts';
import { type MadeEvent, makeEvents } from './make-events.ts';
import { bridgeRecipient, type PartnerBridge } from './partner-bridge.ts';
import { postEvent } from './post-event.ts';
import { bodyFor, listening, type Recipient, recipientOf } from './recipient.ts';

/** Where events go, as a stage declares it. */
export interface DeliveryTargets {
  readonly destinations: readonly Destination[];
  readonly urlOf: (destination: string) => string;
  /** The signing secret of a destination, as it is now. */
  readonly secretOf: (destination: string) => string;
  readonly bridge: PartnerBridge;
}

export interface EmitterPorts extends DeliveryPorts {
  readonly world: StripeWorld;
  readonly targets: DeliveryTargets;
  readonly destinations: LocalDestinations;
  readonly inFlight: InFlight;
}

/** Makes events and delivers them with Stripe's habits. */
export class Emitter {
  readonly #ports: EmitterPorts;
  readonly #reports = new Map<string, DeliveryReport>();

  constructor(ports: EmitterPorts) {
    this.#ports = ports;
  }

  /**
   * Makes the events and begins to deliver them.
   * @throws {EmissionRefused}
   */
  emit(emission: Emission): readonly Emitted[] {
    const styles = emission.style === 'both' ? (['snapshot', 'thin'] as const) : [emission.style ?? 'snapshot'];
    const recipients = new Map(styles.map((style) => [style, this.#recipientsOf(style, emission)]));
    return makeEvents(emission, this.#ports.world, Date.now()).map((made) => {
      const chosen = recipients.get(made.style) ?? [];
      this.#deliver(made, chosen, emission);
      const { id, type } = made.stored.event;
      const destination = chosen.map(({ name }) => name).join(', ') || 'none';
      return { id, type, style: made.style, destination, ...(made.object !== undefined && { object: made.object }) };
    });
  }

  /** Sends a destination the event that tests the way to it, whatever types it asks for. @returns the event */
  ping(destination: LocalDestination): unknown {
    const { livemode } = destination;
    const object = showEventDestination(destination, []);
    const emission = { type: 'v2.core.event_destination.ping', style: 'thin', livemode, seed: randomUUID() } as const;
    const [made] = makeEvents({ ...emission, object }, this.#ports.world, Date.now());
    if (made && destination.changeable.status === 'enabled') {
      this.#deliver(made, [recipientOf(destination, this.#ports.destinations, this.#ports.targets.bridge)], emission);
    }
    return made?.stored.event;
  }

  /** How the deliveries went of the emissions with a tag, or of those without one. */
  report(tag = ''): DeliverySummary {
    return (this.#reports.get(tag) ?? new DeliveryReport()).summary();
  }

  /** Destinations made at the stand-in replace those that the stage declares, but for an event sent to one by name. */
  #recipientsOf(style: 'snapshot' | 'thin', emission: Emission): readonly Recipient[] {
    const { targets, destinations } = this.#ports;
    if (emission.destination === undefined && destinations.all(emission.livemode ?? false).length > 0) {
      return listening(destinations, style, emission, targets.bridge);
    }
    const { sources } = targets.bridge;
    const name = chooseDestination([...targets.destinations, ...sources], style, emission);
    const partner = sources.find((source) => source.name === name);
    const way = partner ? bridgeRecipient(name, partner.source, targets.bridge) : { name, attempt: this.#post(name) };
    return [{ ...way, state: () => 'enabled' }];
  }

  #post(name: string): Recipient['attempt'] {
    const { urlOf, secretOf } = this.#ports.targets;
    return (body, signal) => postEvent(urlOf(name), body, secretOf(name), signal);
  }

  #deliver(made: MadeEvent, recipients: readonly Recipient[], emission: Emission) {
    const { copies = 1, delayMs = 0, livemode = false, tag } = emission;
    const { event, deliveries } = made.stored;
    const report = this.#reportFor(tag);
    report.emitted(copies * recipients.length);
    for (const recipient of recipients) {
      deliveries.set(recipient.name, 'pending');
      const delivery = { recipient, body: bodyFor(recipient, event, made.body), livemode, delayMs };
      for (let copy = 0; copy < copies; copy += 1) {
        void this.#ports.inFlight.during('deliveries of Stripe', async () => {
          const delivered = await deliverEvent(delivery, report, this.#ports);
          // Once one copy came through, the event is delivered.
          if (delivered !== undefined && deliveries.get(recipient.name) !== 'delivered') {
            deliveries.set(recipient.name, delivered ? 'delivered' : 'failed');
          }
        });
      }
    }
  }

  #reportFor(tag = ''): DeliveryReport {
    const report = this.#reports.get(tag) ?? new DeliveryReport();
    this.#reports.set(tag, report);
    return report;
  }
}
