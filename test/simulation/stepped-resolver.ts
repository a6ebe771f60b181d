import { NotFoundBreaker } from '#functions/resolver/not-found-breaker.ts';
import type { ResolverPorts } from '#functions/resolver/ports.ts';
import { resolveBatch } from '#functions/resolver/resolve-batch.ts';
import type { Destination } from '#shared/environment/destination.ts';
import { record } from '../unit/resolver/resolver-fakes.ts';
import type { Actor } from './actor.ts';
import type { Sabotage } from './sabotage.ts';
import type { Simulation } from './simulation.ts';
import { steppedLedger } from './stepped-ledger.ts';
import { steppedPacing } from './stepped-pacing.ts';
import type { SteppedPublishing } from './stepped-publishing.ts';
import { MAX_RECEIVES, steppedQueue, TIMEOUT_MS } from './stepped-queue.ts';
import { type Answering, steppedStripe } from './stepped-stripe.ts';
import { steppedTelemetry } from './stepped-telemetry.ts';

export interface ResolverWorld {
  readonly simulation: Simulation;
  readonly publishing: SteppedPublishing;
  readonly sabotage: Sabotage;
  readonly destinations: readonly Destination[];
  readonly answer: Answering;
}

/** One receive of a notification's message. @returns whether the message is done with */
export async function receiveNotification(
  world: ResolverWorld,
  actor: Actor,
  attempt: number,
  notification: object,
): Promise<boolean> {
  const telemetry = steppedTelemetry(actor, world.publishing.metrics);
  const ports = { ...portsOf(world, actor), telemetry: world.sabotage.telemetry?.(telemetry) ?? telemetry };
  const Records = [record(notification, { receiveCount: attempt })];
  const { batchItemFailures } = await resolveBatch(ports, { Records }, TIMEOUT_MS);
  await telemetry.answer();
  return batchItemFailures.length === 0;
}

function portsOf(world: ResolverWorld, actor: Actor): Omit<ResolverPorts, 'telemetry'> {
  const { simulation, publishing, sabotage, destinations } = world;
  const bus = publishing.bus(actor);
  const stripe = steppedStripe(actor, world.answer);
  const pacing = steppedPacing(actor);
  return {
    domain: 'thin',
    destinations: sabotage.destinations ?? destinations,
    // Nobody waits for a turn, only for as long as a refusal says.
    requestsPerSecond: Number.POSITIVE_INFINITY,
    retrySchedule: [60],
    maxReceiveCount: MAX_RECEIVES,
    inlineLimit: 240_000,
    breaker: new NotFoundBreaker(pacing.clock),
    stripe: sabotage.stripe?.(stripe) ?? stripe,
    ...steppedQueue(actor),
    bus: sabotage.bus?.(bus) ?? bus,
    payloads: publishing.payloads(actor),
    ...pacing,
    ledgerWith: (leaseMs) => {
      const ledger = steppedLedger(simulation, actor, leaseMs, sabotage.rules);
      const used = sabotage.ledger?.(ledger) ?? ledger;
      return sabotage.resolverLedger?.(used) ?? used;
    },
  };
}
