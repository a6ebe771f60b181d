import type { SampleEventOptions } from '#shared/samples/sample-event.ts';
import { repeatedPublications } from '../observe/repeated-publications.ts';
import type { Runtime } from '../running-pipeline.ts';
import type { ReportStep } from '../terminal/progress-line.ts';
import { countResult } from './count-result.ts';
import { deadLetterScenario } from './dead-letter-scenario.ts';
import type { DemoResult } from './demo-result.ts';
import { demoTraffic } from './demo-traffic.ts';
import type { HandledLog } from './handled-log.ts';
import { inParallel } from './in-parallel.ts';
import { PipelineClient } from './pipeline-client.ts';
import { shortcomings } from './shortcomings.ts';
import { ThinTraffic } from './thin-traffic.ts';
import { sendWrongRequests } from './wrong-requests.ts';

export interface DemoOptions {
  readonly runtime: Runtime;
  readonly handled: HandledLog;
  readonly stage: string;
  readonly secret: string;
  /** Stripe objects by kind, instead of our samples. */
  readonly objects: SampleEventOptions['objects'];
  /** Real milliseconds for all that is sent; what has not arrived by then counts as missing. */
  readonly timeoutMs: number;
  /** Called as the work goes on. */
  readonly progress: ReportStep;
}

export interface DemoOutcome {
  readonly result: DemoResult;
  /** What went wrong, in words; empty when all is well. */
  readonly faults: readonly string[];
}

/** Requests under way at once. */
const CONCURRENCY = 8;
/** The same event again after its answer, as Stripe does. */
const REPEATS = 2;
/** Milliseconds between two looks at how many thin events are resolved. */
const WATCH_EVERY_MS = 500;
/** The same event at once, as Stripe would never do. */
const AT_ONCE = 50;

/** Sends the whole catalogue and every kind of trouble, waits until nothing moves any more, and counts what arrived. */
export async function runDemo(options: DemoOptions): Promise<DemoOutcome> {
  const { runtime, handled, stage, secret, progress, timeoutMs } = options;
  const deadline = AbortSignal.timeout(timeoutMs);
  const end = performance.now() + timeoutMs;
  const timeLeft = () => Math.max(1, Math.ceil(end - performance.now()));
  const complaints: string[] = [];
  const complain = (thrown: unknown) => {
    complaints.push(thrown instanceof Error ? thrown.message : String(thrown));
  };
  const publications = countPublications(runtime);
  const unanswered = repeatedPublications(runtime.observations);
  const denials = collectDenials(runtime);
  const traffic = demoTraffic(options.objects, Math.floor(Date.now() / 1000));
  const client = new PipelineClient(runtime, secret, deadline);
  const thin = new ThinTraffic(runtime);
  try {
    let sent = 0;
    // They keep to Stripe's rate and take longest: all else goes on beside them.
    thin.send();
    await inParallel(traffic.catalogue, CONCURRENCY, async (event) => {
      await client.send(event);
      progress('event types', ++sent, traffic.catalogue.length);
    });

    progress('duplicates', 0, 1);
    for (let sending = 0; sending <= REPEATS; sending += 1) await client.send(traffic.repeated);
    await Promise.all(Array.from({ length: AT_ONCE }, () => client.send(traffic.crowded)));

    progress('unknown, large, late and tied events', 0, 1);
    runtime.stripe?.world.objects.put({ livemode: false }, traffic.present);
    const { unheardOf, large, newer, older, tied } = traffic;
    for (const event of [unheardOf, large, newer, older, ...tied]) await client.send(event);

    progress('wrong requests', 0, 1);
    const refusals = await sendWrongRequests(client, JSON.stringify(traffic.neverSent), secret);
    const watching = setInterval(() => progress('thin events', thin.resolved, thin.sent), WATCH_EVERY_MS);
    await runtime.settled(timeLeft()).catch(complain);
    clearInterval(watching);

    progress('dead letters', 0, 1);
    const surroundings = { runtime, client, stage, timeLeft, complain };
    const deadLetters = await deadLetterScenario(traffic.failing, surroundings);

    progress('counting', 0, 1);
    const [published, rows] = await Promise.all([client.publishedEvents(), client.objectRows()]);
    const seen = {
      stage,
      published,
      publications,
      unanswered,
      rows,
      refusals,
      deadLetters,
      handledBy: handled.byEvent,
    };
    const counts = countResult(traffic, {
      ...seen,
      duplicatesSent: REPEATS + AT_ONCE - 1,
      thin: thin.count(handled.byEvent, stage),
    });
    // Counted from the start of the process: synthesis and the runtime's start belong to it.
    const elapsedMs = Math.round(performance.now());
    const gaveUp = `The demo gave up after ${Math.round(elapsedMs / 1000)} s: these are the counts so far.`;
    const late = deadline.aborted ? [gaveUp] : [];
    return {
      result: { ...counts, elapsedMs },
      faults: [...late, ...shortcomings(counts, refusals), ...denials, ...complaints],
    };
  } finally {
    client.close();
  }
}

/** What the templates did not allow, in words, each once. Nothing that the demo does should be. */
function collectDenials(runtime: Runtime): ReadonlySet<string> {
  const denials = new Set<string>();
  runtime.observations.on('denied', ({ principal, action, resource, reason }) => {
    denials.add(`${principal} may not ${action} on ${resource} ${reason}.`);
  });
  return denials;
}

/** How often each event has come to the bus, by its id; goes on counting. */
function countPublications(runtime: Runtime): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  runtime.observations.on('published', ({ detail }) => {
    const { id } = JSON.parse(detail);
    counts.set(id, (counts.get(id) ?? 0) + 1);
  });
  return counts;
}
