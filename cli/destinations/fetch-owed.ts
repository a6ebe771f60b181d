import { reconcilerName } from '#shared/naming/resource-names.ts';
import type { ReconcileOrder } from '#shared/reconcile/reconcile-order.ts';
import { isReconcileReport } from '#shared/reconcile/reconcile-report.ts';
import type { StripeSide } from './stripe-side.ts';

/** Seconds of one invocation: the lock must be renewed meanwhile, and the person see that something goes on. */
const SECONDS = 10;
/** Milliseconds between two looks at all of it. */
const EVERY_MS = 60_000;

/**
 * Has the reconciler fetch from Stripe's list what a destination owes, while Stripe's own tries go on: those come later and
 * later. Events of the last quarter of an hour it leaves alone.
 * @param from and `until` Unix milliseconds: when what is owed arose
 * @returns does a part of it, if it is time for that
 */
export function owedFetcher({ target }: StripeSide, from: number, until: number): (now: number) => Promise<void> {
  const [since, to] = [from, until].map((ms) => Math.floor(ms / 1_000) * 1_000);
  const order: ReconcileOrder = { since: since ?? from, until: to ?? until, dryRun: false, seconds: SECONDS };
  let notBefore = 0;
  return async (now) => {
    if (now < notBefore) return;
    const { invokeFunction } = await import('#functions/adapters/operator/invoke-function.ts');
    const invoked = await invokeFunction(target.clients.lambda, reconcilerName(target.stage), {
      reconcile: order,
    }).catch(
      // Without the right to start it, or without a reconciler, what is owed is waited for.
      () => undefined,
    );
    const isLeft =
      invoked?.outcome === 'answered' && isReconcileReport(invoked.value) && invoked.value.outcome === 'more';
    notBefore = isLeft ? now : now + EVERY_MS;
  };
}
