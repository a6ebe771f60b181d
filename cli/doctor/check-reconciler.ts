import { reconcilerName } from '#shared/naming/resource-names.ts';
import type { CommandContext } from '../command.ts';
import type { Target } from '../target/target.ts';
import { type Finding, ok, warn } from './finding.ts';

const CHECK = 'reconciler';
const DAY_MS = 86_400_000;

/** Whether Stripe's lists were compared with the ledger within a day: else nobody would see that events are missing. */
export async function checkReconciler(target: Target, { now }: CommandContext): Promise<Finding> {
  if (target.isLocal) {
    return ok(CHECK, `Nothing runs by the clock here: fanout reconcile --since 1d ${target.option} compares.`);
  }
  const { reconcileJob } = await import('#functions/adapters/dynamodb-reconcile-progress.ts');
  const { round } = await reconcileJob(target.clients.dynamoDb, target.output('LedgerTableName'), 'schedule');
  const remedy = `aws logs tail /aws/lambda/${reconcilerName(target.stage)} --since 1d; docs/runbooks/reconciler-fails.md`;
  if (round === undefined) return warn(CHECK, 'It has not run yet: within an hour after a deployment it has.', remedy);
  if (round.completeAt === undefined || round.completeAt < now() - DAY_MS) {
    const since =
      round.completeAt === undefined ? 'No round' : `Since ${new Date(round.completeAt).toISOString()} no round`;
    return warn(CHECK, `${since} has compared all of Stripe's lists with the ledger.`, remedy);
  }
  if (round.lists === 0) {
    const what = 'There is nothing to compare with: no API key is stored, or Stripe has no destination of this stage.';
    return warn(CHECK, what, `fanout destinations plan ${target.option}; docs/guides/api-keys.md`);
  }
  return ok(CHECK, `Stripe's lists were last compared at ${new Date(round.completeAt).toISOString()}.`);
}
