import { compareDestinations } from '#shared/destinations/compare-destinations.ts';
import { driftOf } from '#shared/destinations/drift.ts';
import { listDestinations } from '#shared/destinations/list-destinations.ts';
import type { Mode } from '#shared/destinations/stripe-configuration.ts';
import { wantedDestinations } from '#shared/destinations/wanted-destination.ts';
import { wantedPartners } from '#shared/destinations/wanted-partners.ts';
import { errorCode } from '#shared/errors/pipeline-error.ts';
import { countPending } from './count-pending.ts';
import type { DestinationCheckPorts } from './ports.ts';

const MODES: readonly Mode[] = ['live', 'test'];

/**
 * Compares what Stripe has with what the configuration says, in each mode that there is a key for, and looks for events
 * that Stripe has not got rid of. Says what it found in the log, with the command that repairs it, and as metrics that
 * alarms watch. A metric without a fault is not written: it would cost, and say nothing.
 * @throws as `StripeApi`: then the run counts as failed
 */
export async function checkDestinations(ports: DestinationCheckPorts, signal: AbortSignal): Promise<void> {
  let off = 0;
  let changed = 0;
  let pending = 0;
  for (const mode of MODES) {
    const found = await look(ports, mode, signal).catch((error: unknown) => {
      // Who sends test events to the stage of a live account need not keep a key for them.
      if (errorCode(error) !== 'stripe_key_missing') throw error;
      ports.telemetry.log('info', 'not checked', { mode, reason: 'no API key is stored for this mode' });
      return { off: 0, changed: 0, pending: 0 };
    });
    off += found.off;
    changed += found.changed;
    pending += found.pending;
  }
  if (off > 0) ports.telemetry.count('DestinationsOff', off);
  if (changed > 0) ports.telemetry.count('DestinationsChanged', changed);
  if (pending > 0) ports.telemetry.count('DeliveriesPending', pending);
}

async function look(ports: DestinationCheckPorts, mode: Mode, signal: AbortSignal) {
  const { configuration, webhookUrl, installation, stripe, telemetry } = ports;
  const wanted = wantedDestinations(configuration, mode, webhookUrl);
  const isConfigured = wanted.length > 0 || configuration.partnerSources.some((source) => source.mode === mode);
  if (!isConfigured) return { off: 0, changed: 0, pending: 0 };
  const needed = new Set(wanted.map(({ api }) => api));
  const found = await listDestinations(stripe, mode === 'live', needed, signal);
  const all = [...wanted, ...wantedPartners(configuration, mode, found)];
  const plan = compareDestinations(all, found, { installation, secretStateOf: () => 'unseen' });
  const drifts = driftOf(plan, installation);
  for (const { kind, ...drift } of drifts) {
    telemetry.log('error', kind === 'off' ? 'destination off' : 'destination changed', { mode, ...drift });
  }
  const snapshots = plan.items.flatMap(({ found: one }) => (one?.payload === 'snapshot' ? [one] : []));
  return {
    off: drifts.filter(({ kind }) => kind === 'off').length,
    changed: drifts.filter(({ kind }) => kind === 'changed').length,
    pending: await countPending(ports, mode, snapshots, signal),
  };
}
