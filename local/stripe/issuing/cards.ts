import { randomUUID } from 'node:crypto';
import { isRecord, type SnapshotEvent } from '#shared/event/stripe-event.ts';
import { sampleEvent } from '#shared/samples/sample-event.ts';
import type { InFlight } from '../../observe/in-flight.ts';
import { type Emission, EmissionRefused } from '../emit/emission.ts';
import type { StripeWorld } from '../store/stripe-world.ts';
import { askEndpoint, type EndpointAnswer } from './ask-endpoint.ts';
import type { Authorized, CardUse } from './card-use.ts';

/** The real-time endpoint of the stage. */
export interface DecisionLane {
  readonly url: string;
  /** Its signing secret, as it is now. */
  readonly secret: () => string;
}

export interface CardsPorts {
  readonly world: StripeWorld;
  readonly inFlight: InFlight;
  /** Absent where the stage has none. */
  readonly lane?: DecisionLane | undefined;
  /** Ends asking when the stand-in stops. */
  readonly signal: AbortSignal;
  /** Tells the ordinary destinations what became of it. */
  emit(emission: Emission): void;
}

type Authorization = Readonly<Record<string, unknown>>;

/** Issuing, as far as a card is used: asks the endpoint that decides, holds the amount, and says so. */
export class Cards {
  readonly #ports: CardsPorts;
  readonly #authorized: Authorized[] = [];

  constructor(ports: CardsPorts) {
    this.#ports = ports;
  }

  /** What became of each use since the start. */
  get authorized(): readonly Authorized[] {
    return this.#authorized;
  }

  /**
   * Uses a card, and waits until that is decided.
   * @throws {EmissionRefused} the stage has no endpoint that decides
   */
  async use(use: CardUse): Promise<Authorized> {
    const { lane, inFlight } = this.#ports;
    if (!lane) {
      throw new EmissionRefused('This stage decides about no cards: declare issuingAuthorization in infra/config.ts.');
    }
    return await inFlight.during('uses of cards', () => this.#decide(use, lane));
  }

  async #decide(use: CardUse, lane: DecisionLane): Promise<Authorized> {
    const { world, signal } = this.#ports;
    const { event, pending } = requestFor(use);
    const scope = { livemode: event.livemode, account: use.account };
    const body = JSON.stringify(world.snapshots.add(scope, event).event);
    world.objects.put(scope, event.data.object);

    const started = performance.now();
    const answer = await askEndpoint(lane.url, body, lane.secret(), pending.is_amount_controllable === true, signal);
    const answerMs = performance.now() - started;

    const approved = isApproved(answer, use);
    const amount = approved ? (('amount' in answer ? answer.amount : undefined) ?? Number(pending.amount)) : 0;
    const authorization = decided(event.data.object, answer, approved, amount);
    world.objects.put(scope, authorization);
    const { livemode, account } = use;
    this.#tell({ type: 'issuing_authorization.created', object: authorization, livemode, account });
    const { reason, status } = answer;
    const outcome = {
      event: event.id,
      authorization: String(authorization.id),
      approved,
      amount,
      reason,
      status,
      answerMs,
    };
    this.#authorized.push(outcome);
    return outcome;
  }

  #tell(emission: Emission): void {
    try {
      this.#ports.emit(emission);
    } catch (thrown) {
      // Nobody listens: then Stripe tells nobody.
      if (!(thrown instanceof EmissionRefused)) throw thrown;
    }
  }
}

function requestFor({ amount, isAmountControllable, card, cardMetadata, livemode = false, account }: CardUse) {
  const created = Math.floor(Date.now() / 1000);
  const sample = sampleEvent('issuing_authorization.request', {
    seed: randomUUID(),
    created,
    livemode,
    ...(account !== undefined && { account }),
  });
  const { object } = sample.data;
  const pending: Authorization = {
    ...recordAt(object, 'pending_request'),
    ...(amount !== undefined && { amount, merchant_amount: amount }),
    ...(isAmountControllable !== undefined && { is_amount_controllable: isAmountControllable }),
  };
  const usedCard = {
    ...recordAt(object, 'card'),
    ...(card !== undefined && { id: card }),
    ...(cardMetadata && { metadata: cardMetadata }),
  };
  const asked = { ...object, created, livemode, card: usedCard, pending_request: pending };
  const event: SnapshotEvent = { ...sample, data: { object: asked } };
  return { event, pending };
}

/** Without a decision the account's own setting decides. */
function isApproved({ reason }: EndpointAnswer, { otherwise }: CardUse): boolean {
  return reason === 'webhook_approved' || (reason !== 'webhook_declined' && otherwise === 'approve');
}

function decided(asked: Authorization, answer: EndpointAnswer, approved: boolean, amount: number): Authorization {
  const { currency, created } = asked;
  return {
    ...asked,
    approved,
    amount,
    status: approved ? 'pending' : 'closed',
    pending_request: null,
    metadata: 'metadata' in answer ? answer.metadata : {},
    request_history: [{ amount, approved, created, currency, reason: answer.reason }],
  };
}

function recordAt(object: Authorization, key: string): Authorization {
  const value = object[key];
  return isRecord(value) ? value : {};
}
