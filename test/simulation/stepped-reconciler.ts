import { Job } from '#functions/reconciler/job.ts';
import type { List } from '#functions/reconciler/list.ts';
import type { ReconcilerPorts } from '#functions/reconciler/ports.ts';
import { CLAIM_MS } from '#functions/reconciler/publish-missing.ts';
import { reconcileList } from '#functions/reconciler/reconcile-list.ts';
import { progressOf } from '#functions/reconciler/round.ts';
import { LedgerUnavailable } from '#shared/errors/store-errors.ts';
import { standing } from '#shared/ledger/memory-ledger.ts';
import type { PublishedEvents, Standing } from '#shared/ports/published-events.ts';
import type { ReconcileProgress } from '#shared/ports/reconcile-progress.ts';
import type { Actor } from './actor.ts';
import { READ } from './outcomes.ts';
import type { Sabotage } from './sabotage.ts';
import type { Simulation } from './simulation.ts';
import { steppedLedger } from './stepped-ledger.ts';
import type { SteppedPublishing } from './stepped-publishing.ts';
import { steppedStripe } from './stepped-stripe.ts';
import { steppedTelemetry } from './stepped-telemetry.ts';

export interface ReconcilerWorld {
  readonly simulation: Simulation;
  readonly publishing: SteppedPublishing;
  readonly sabotage: Sabotage;
  /** JSON text of the one event that Stripe lists. */
  readonly listed: string;
}

const LIST: List = {
  name: 'test#snapshot#own',
  mode: 'test',
  payload: 'snapshot',
  destinations: [
    { name: 'account', payload: 'snapshot', accounts: 'own', enabledEvents: ['invoice.paid'], created: 0 },
  ],
};
const never = new AbortController().signal;

/**
 * One look at Stripe's list, from its beginning: what earlier ones wrote of their progress saves work and decides
 * nothing. @returns whether all that is listed is on the bus, as far as it knows
 */
export async function compare(world: ReconcilerWorld, actor: Actor): Promise<boolean> {
  const telemetry = steppedTelemetry(actor, world.publishing.metrics);
  const ports = portsOf(world, actor, world.sabotage.telemetry?.(telemetry) ?? telemetry);
  const now = actor.clock.now();
  const round = { id: 'r', to: now, startedAt: now };
  const job = await Job.open(ports.progress, { id: 'job', owner: actor.name, round }, undefined, never);
  const order = { since: 0, until: now, dryRun: false, seconds: 60 };
  const begun = progressOf(LIST, round, order, undefined, now);
  const time = { mayGoOn: () => true, work: never, settle: never };
  const end = await reconcileList(ports, LIST, begun, { job, time, dryRun: false, found: () => undefined }).catch(
    (error: unknown) => error,
  );
  await telemetry.answer();
  return end === 'done';
}

function portsOf(
  { simulation, publishing, sabotage, listed }: ReconcilerWorld,
  actor: Actor,
  telemetry: Omit<ReconcilerPorts['telemetry'], 'flush'>,
): ReconcilerPorts {
  const ledger = steppedLedger(simulation, actor, CLAIM_MS, sabotage.rules);
  const bus = publishing.bus(actor);
  const published: PublishedEvents = {
    standings: (ids) =>
      actor
        .call({
          name: 'standings',
          outcomes: READ,
          unknown: () => new LedgerUnavailable('The simulated ledger did not answer.'),
          // What an actor saw is compared as JSON, in which a map is empty.
          send: () => () => ids.map((id) => [id, standingOf(simulation, id)] as const),
        })
        .then((found) => new Map(found)),
  };
  const page = `{"data":[${listed}],"has_more":false}`;
  return {
    configuration: {
      apiVersion: '',
      accounts: {},
      destinations: [],
      partnerSources: [],
      domainsOff: [],
      domainsDraining: [],
    },
    webhookUrl: '',
    installation: '',
    stripe: steppedStripe(actor, () => page),
    published: sabotage.published?.(published) ?? published,
    progress: forgetful,
    ledger: sabotage.ledger?.(ledger) ?? ledger,
    bus: sabotage.bus?.(bus) ?? bus,
    payloads: publishing.payloads(actor),
    telemetry: { ...telemetry, flush: () => undefined },
    clock: actor.clock,
    inlineLimit: 240_000,
    newId: () => actor.name,
  };
}

function standingOf({ rows, now }: Simulation, event: string): Standing {
  const row = rows.get(`${event} publish`);
  if (row === undefined) return 'missing';
  const { outcome } = standing(rows, { event, stage: 'publish' }, now);
  if (outcome === 'done') return 'published';
  return row.leaseUntil > now ? 'in flight' : 'missing';
}

/** No steps: `unit/reconciler/crashes.test.ts` kills a reconciler at each of these calls, and at all others. */
const forgetful: ReconcileProgress = {
  take: async () => ({}),
  lists: async () => [],
  save: async () => true,
  saveList: async () => undefined,
  release: async () => undefined,
};
