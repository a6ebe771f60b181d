import type { InFlight } from '../observe/in-flight.ts';
import type { TimeScale } from '../time-scale.ts';
import { ApiFaults } from './api/api-faults.ts';
import { apiListener } from './api/api-listener.ts';
import { type RateLimitSettings, RateLimits } from './api/rate-limits.ts';
import { RequestCounters, type RequestCounts } from './api/request-counters.ts';
import { LocalDestinations } from './destinations/local-destinations.ts';
import type { DeliverySummary } from './emit/delivery-report.ts';
import type { Emission, Emitted } from './emit/emission.ts';
import { type DeliveryTargets, Emitter } from './emit/emitter.ts';
import { Gate } from './emit/gate.ts';
import { Cards, type DecisionLane } from './issuing/cards.ts';
import { LOCAL_API_KEYS } from './local-api-keys.ts';
import { accountRoutes } from './routes/accounts.ts';
import { eventDestinationRoutes } from './routes/event-destinations.ts';
import { objectRoutes } from './routes/objects.ts';
import type { ApiRoute } from './routes/route.ts';
import { snapshotEventRoutes } from './routes/snapshot-events.ts';
import { thinEventRoutes } from './routes/thin-events.ts';
import { webhookEndpointRoutes } from './routes/webhook-endpoints.ts';
import { StripeWorld } from './store/stripe-world.ts';

/** Tries to deliver at a time, as far as a machine that also runs the pipeline can serve them. */
const TRIES_AT_A_TIME = 32;

/** Real milliseconds an answer may take. Stripe does not publish its own; others measured 10 to 30 seconds. */
const DELIVERY_TIMEOUT_MS = 20_000;

export interface LocalStripeOptions {
  readonly url: string;
  readonly targets: DeliveryTargets;
  /** Who decides about uses of cards; nobody by default. */
  readonly lane?: DecisionLane | undefined;
  readonly inFlight: InFlight;
  readonly scale: Pick<TimeScale, 'wait'>;
  /** @default Stripe's own limits */
  readonly limits?: RateLimitSettings | undefined;
  /** @default 20,000 */
  readonly deliveryTimeoutMs?: number | undefined;
  /** Endpoints beside events and objects; they come first. */
  readonly routes?: readonly ApiRoute[] | undefined;
}

/** Stripe on this machine: the parts of its API that the pipeline asks, and the events it sends. */
export class LocalStripe {
  /** Base of the API: `http://127.0.0.1:<port>`. */
  readonly url: string;
  /** The objects and events that the API knows. */
  readonly world = new StripeWorld();
  /** What was made by its APIs of destinations. */
  readonly destinations = new LocalDestinations();
  /** Issuing: cards can be used. */
  readonly cards: Cards;
  /** How the API misbehaves. */
  readonly faults = new ApiFaults();
  /** Answers the API's requests. */
  readonly listener: ReturnType<typeof apiListener>;
  readonly #counters = new RequestCounters();
  readonly #emitter: Emitter;
  readonly #stopping = new AbortController();

  constructor({ url, targets, lane, inFlight, scale, limits, deliveryTimeoutMs, routes = [] }: LocalStripeOptions) {
    const { signal } = this.#stopping;
    const timeoutMs = deliveryTimeoutMs ?? DELIVERY_TIMEOUT_MS;
    this.url = url;
    this.#emitter = new Emitter({
      world: this.world,
      targets,
      destinations: this.destinations,
      inFlight,
      scale,
      gate: new Gate(TRIES_AT_A_TIME),
      timeoutMs,
      signal,
    });
    this.cards = new Cards({
      world: this.world,
      inFlight,
      lane,
      signal,
      emit: (emission) => this.#emitter.emit(emission),
    });
    this.listener = apiListener({
      routes: [
        ...routes,
        ...eventDestinationRoutes(this.destinations, this.world.objects, (one) => this.#emitter.ping(one)),
        ...webhookEndpointRoutes(this.destinations),
        ...accountRoutes(this.world),
        ...snapshotEventRoutes(this.world, Date.now),
        ...thinEventRoutes(this.world, Date.now),
        ...objectRoutes(this.world),
      ],
      keys: LOCAL_API_KEYS,
      limits: new RateLimits(limits),
      faults: this.faults,
      counters: this.#counters,
      signal,
    });
  }

  /** What the API was asked since the start. */
  get requests(): RequestCounts {
    return this.#counters.counts();
  }

  /**
   * Makes events and begins to deliver them.
   * @throws {EmissionRefused}
   */
  emit(emission: Emission): readonly Emitted[] {
    return this.#emitter.emit(emission);
  }

  /** How the deliveries went of the emissions with a tag, or of those without one. */
  deliveries(tag?: string): DeliverySummary {
    return this.#emitter.report(tag);
  }

  /** Ends tries, waiting and late answers. */
  stop(): void {
    this.#stopping.abort();
  }
}
