import { NotFoundBreaker } from '#functions/resolver/not-found-breaker.ts';
import type { RefreshPorts } from '#functions/resolver/refresh/ports.ts';
import { refreshBatch } from '#functions/resolver/refresh/refresh-batch.ts';
import type { DomainQueues } from '#shared/ports/domain-queues.ts';
import type { StripeApi } from '#shared/ports/stripe-api.ts';
import type { Telemetry } from '#shared/ports/telemetry.ts';
import { rawRecord } from '../unit/handlers/handler-fakes.ts';
import type { Actor } from './actor.ts';
import type { Message } from './message-queue.ts';
import type { Sabotage } from './sabotage.ts';
import type { SteppedObjects } from './stepped-objects.ts';
import { steppedPacing } from './stepped-pacing.ts';
import { MAX_RECEIVES, parkingQueue, TIMEOUT_MS } from './stepped-queue.ts';
import { type Answering, steppedStripe } from './stepped-stripe.ts';

export interface RefreshWorld {
  readonly sabotage: Sabotage;
  readonly objects: SteppedObjects;
  readonly answer: Answering;
  readonly domains: DomainQueues;
  readonly telemetry: Telemetry;
  /** The message is in the DLQ. */
  parked(): void;
}

/** One receive of a request for a present state, up to its answer. @returns whether the message is done with */
export async function answerRequest(world: RefreshWorld, actor: Actor, message: Message): Promise<boolean> {
  const { id: messageId, body, receives: receiveCount } = message;
  const ports = portsOf(world, actor, `req_${messageId}.${receiveCount}`);
  const Records = [rawRecord(body, { messageId, receiveCount })];
  const { batchItemFailures } = await refreshBatch(world.sabotage.refresh?.(ports) ?? ports, { Records }, TIMEOUT_MS);
  return batchItemFailures.length === 0;
}

function portsOf(
  { objects, answer, domains, telemetry, parked }: RefreshWorld,
  actor: Actor,
  requestId: string,
): RefreshPorts {
  const pacing = steppedPacing(actor);
  return {
    domain: 'refresh',
    // Nobody waits for a turn, only for as long as a refusal says.
    requestsPerSecond: Number.POSITIVE_INFINITY,
    retrySchedule: [60],
    maxReceiveCount: MAX_RECEIVES,
    inlineLimit: 240_000,
    breaker: new NotFoundBreaker(pacing.clock),
    stripe: onItsWay(steppedStripe(actor, answer), actor, requestId),
    ...parkingQueue(actor, parked),
    objects: objects.store(actor),
    domains,
    telemetry,
    asking: telemetry,
    payloads: { put: () => Promise.reject(new Error('no large object is simulated')) },
    ...pacing,
  };
}

/** An answer is on its way for a while, in which what it says may become old. */
function onItsWay(stripe: StripeApi, actor: Actor, requestId: string): StripeApi {
  return {
    async request(request, signal) {
      const answer = await stripe.request(request, signal);
      await actor.call<void>({ name: 'arrival', outcomes: ['ok'], send: () => () => undefined });
      return { ...answer, requestId };
    },
  };
}
