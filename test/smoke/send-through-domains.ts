import { EVENT_TYPES } from '#shared/catalogue/event-types.ts';
import { longestPrefix } from '#shared/catalogue/longest-prefix.ts';
import type { SnapshotEvent } from '#shared/event/stripe-event.ts';
import { sampleEvent } from '#shared/samples/sample-event.ts';
import type { DeployedStage } from './deployed-stage.ts';

/** Milliseconds of one event. */
export interface Latency {
  readonly domain: string;
  /** From the request to the answer. */
  readonly answered: number;
  /** From the request to the object's row. */
  readonly projected: number;
  /** How often it was sent again, because the answer asked for that. */
  readonly retries: number;
}

/** One event for each domain, and one that no prefix covers. */
export function oneForEachDomain(seed: string, domains: readonly string[]): ReadonlyMap<string, SnapshotEvent> {
  const created = Math.floor(Date.now() / 1000);
  const events = domains.map((domain) => {
    const entry = EVENT_TYPES.find(
      ({ type, styles, since }) =>
        since === 'base' && styles.some((style) => style === 'snapshot') && longestPrefix(type)?.domain === domain,
    );
    const event = sampleEvent(entry?.type ?? 'charge.succeeded', { seed: `${seed} ${domain}`, created });
    return [domain, entry === undefined ? { ...event, type: 'galaxy.beam.created' } : event] as const;
  });
  return new Map(events);
}

/**
 * Sends one event through each domain, one after the other so that each latency is its own.
 * @throws {Error} one was not accepted, or did not arrive
 */
export async function sendThroughDomains(
  stage: DeployedStage,
  events: ReadonlyMap<string, SnapshotEvent>,
): Promise<readonly Latency[]> {
  const latencies: Latency[] = [];
  for (const [domain, event] of events) {
    const started = performance.now();
    const { status, outcome, ms, retries } = await stage.post(event);
    // What answered 503 may have published it all the same.
    const isTaken = outcome === 'accepted' || (outcome === 'duplicate' && retries > 0);
    if (status !== 200 || !isTaken) {
      throw new Error(`${event.type} was answered ${status} ${outcome}; 200 accepted was expected.`);
    }
    await stage.projected(event);
    latencies.push({ domain, answered: ms, projected: performance.now() - started, retries });
  }
  return latencies;
}

/** @throws {Error} a repeated event, or a forged one, is answered otherwise than promised */
export async function sendWhatIsNotNew(stage: DeployedStage, known: SnapshotEvent): Promise<void> {
  const again = await stage.post(known);
  if (again.outcome !== 'duplicate') throw new Error(`A repeated event was answered ${again.status} ${again.outcome}.`);
  const forged = await stage.post({ ...known, id: `${known.id}forged` }, 'whsec_somebody_else');
  if (forged.outcome !== 'signature_mismatch') {
    throw new Error(`A forged event was answered ${forged.status} ${forged.outcome}.`);
  }
}
