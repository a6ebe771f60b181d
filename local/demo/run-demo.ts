import { isDeepStrictEqual } from 'node:util';
import { EVENT_TYPES } from '#shared/catalogue/event-types.ts';
import type { SnapshotEvent } from '#shared/event/stripe-event.ts';
import { handlerName } from '#shared/naming/resource-names.ts';
import { objectKey } from '#shared/projection/object-key.ts';
import { type SampleEventOptions, sampleEvent } from '#shared/samples/sample-event.ts';
import type { Runtime } from '../running-pipeline.ts';
import { deadLetterScenario } from './dead-letter-scenario.ts';
import type { DemoResult } from './demo-result.ts';
import type { HandledLog } from './handled-log.ts';
import { inParallel } from './in-parallel.ts';
import { PipelineClient } from './pipeline-client.ts';
import { sendWrongRequests } from './wrong-requests.ts';

export interface DemoOptions {
  readonly runtime: Runtime;
  readonly handled: HandledLog;
  readonly stage: string;
  readonly secret: string;
  /** Stripe objects by kind, instead of our samples. */
  readonly objects: SampleEventOptions['objects'];
  /** Called as the work goes on. */
  progress(step: string, done: number, of: number): void;
}

/** Requests under way at once. */
const CONCURRENCY = 8;
/** The same event at once, as Stripe would never do. */
const AT_ONCE = 50;

/** Sends the whole catalogue and every kind of trouble, waits until nothing moves any more, and counts what arrived. */
export async function runDemo(options: DemoOptions): Promise<DemoResult> {
  const { runtime, handled, stage, secret, objects, progress } = options;
  const started = performance.now();
  const client = new PipelineClient(runtime, secret);
  const publications = countPublications(runtime);
  const created = Math.floor(Date.now() / 1000);
  const sample = (type: string, seed: string, more: SampleEventOptions = {}) =>
    sampleEvent(type, { seed, created, ...(objects === undefined ? {} : { objects }), ...more });
  try {
    const types = EVENT_TYPES.filter(({ since }) => since === 'base').map(({ type }) => type);
    const events = types.map((type) => sample(type, 'demo'));
    let sent = 0;
    await inParallel(events, CONCURRENCY, async (event) => {
      await client.send(event);
      progress('event types', ++sent, events.length);
    });

    progress('duplicates', 0, 1);
    const repeated = sample('charge.succeeded', 'repeated');
    for (let i = 0; i < 3; i += 1) await client.send(repeated);
    const crowded = sample('charge.succeeded', 'crowded');
    await Promise.all(Array.from({ length: AT_ONCE }, () => client.send(crowded)));

    progress('unknown, large and late events', 0, 1);
    const unheardOf = { ...sample('charge.succeeded', 'unheard of'), type: 'galaxy.discovered' };
    await client.send(unheardOf);
    const large = withPadding(sample('invoice.created', 'large'), 1_500_000);
    await client.send(large);
    const newer = sample('customer.updated', 'late');
    const older = {
      ...newer,
      id: `${newer.id}older`,
      created: created - 60,
      data: { object: { ...newer.data.object, balance: -1 } },
    };
    for (const event of [newer, older]) await client.send(event);

    progress('wrong requests', 0, 1);
    const refusals = await sendWrongRequests(client, JSON.stringify(sample('charge.failed', 'wrong')), secret);
    await runtime.settled();

    progress('dead letters', 0, 1);
    const deadLetters = await deadLetterScenario(runtime, client, stage);

    progress('counting', 0, 1);
    const [published, rows] = await Promise.all([client.publishedEvents(), client.objectRows()]);
    const isProjected = (event: SnapshotEvent) => {
      const row = rows.get(objectKey(event)?.object ?? '');
      return row?.recent?.L?.some(({ S }) => S === event.id) ?? false;
    };
    const isHandled = ({ id }: SnapshotEvent) => handled.byEvent.has(id);
    const isPublished = ({ id }: SnapshotEvent) => published.has(id);
    const missing = events.filter((event) => !isPublished(event) || !isHandled(event) || !isProjected(event));
    const keptText = rows.get(String(newer.data.object.id))?.data?.S ?? '{}';
    const largeRow = rows.get(String(large.data.object.id));
    const result = {
      eventTypes: {
        sent: events.length,
        published: events.filter(isPublished).length,
        handled: events.filter(isHandled).length,
        projected: events.filter(isProjected).length,
        missing: missing.map(({ type }) => type),
      },
      duplicates: {
        sent: 2 + AT_ONCE - 1,
        publishedAgain: [repeated, crowded].reduce((sum, { id }) => sum + (publications.get(id) ?? 0) - 1, 0),
      },
      rejected: Object.fromEntries(
        Object.entries(Object.groupBy(refusals, ({ code }) => code)).map(([code, group]) => [code, group?.length ?? 0]),
      ),
      unrecognized: {
        sent: 1,
        handled: handled.byEvent.get(unheardOf.id) === handlerName(stage, 'unrecognized') ? 1 : 0,
      },
      oversize: { sent: 1, handled: isHandled(large) && largeRow?.dataAt !== undefined ? 1 : 0 },
      outOfOrder: { sent: 2, latestKept: isDeepStrictEqual(JSON.parse(keptText), newer.data.object) },
      deadLetters,
    };
    const wronglyRefused = refusals.filter(({ code, expected }) => code !== expected).length;
    return {
      ...result,
      lost: missing.length + lostOf(result) + wronglyRefused,
      elapsedMs: Math.round(performance.now() - started),
    };
  } finally {
    client.close();
  }
}

/** What went wrong beside the catalogue, in events. */
function lostOf({
  duplicates,
  unrecognized,
  oversize,
  outOfOrder,
  deadLetters,
}: Omit<DemoResult, 'lost' | 'elapsedMs'>): number {
  return (
    Math.abs(duplicates.publishedAgain) +
    (unrecognized.sent - unrecognized.handled) +
    (oversize.sent - oversize.handled) +
    (outOfOrder.latestKept ? 0 : 1) +
    (deadLetters.parked === 1 && deadLetters.redriven === 1 ? 1 - deadLetters.handledAfter : 1)
  );
}

/** How often each event came to the bus, by its id. */
function countPublications(runtime: Runtime): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  runtime.observations.on('published', ({ detail }) => {
    const { id } = JSON.parse(detail);
    counts.set(id, (counts.get(id) ?? 0) + 1);
  });
  return counts;
}

function withPadding(event: SnapshotEvent, bytes: number): SnapshotEvent {
  return { ...event, data: { object: { ...event.data.object, description: 'x'.repeat(bytes) } } };
}
