import { reconcilerName } from '#shared/naming/resource-names.ts';
import { LISTED_FOR_MS, type ReconcileOrder, TOO_YOUNG_MS } from '#shared/reconcile/reconcile-order.ts';
import type { ReconcileReport } from '#shared/reconcile/reconcile-report.ts';
import { readText, readTime } from '../arguments/read-arguments.ts';
import type { Arguments, Command, CommandContext, Report } from '../command.ts';
import { followReconciler } from '../reconcile/follow-reconciler.ts';
import type { Target } from '../target/target.ts';
import { TARGET_OPTIONS } from '../target/target-options.ts';
import { withTarget } from '../target/with-target.ts';
import { table } from '../terminal/table.ts';
import { UsageError } from '../usage-error.ts';

/** Seconds of one invocation: a connection is not held for longer, and the person sees how far it is. */
const SECONDS = 45;

/** `fanout reconcile`: has the reconciler compare Stripe's own list with the ledger, over some time, now. */
export const reconcileCommand: Command = {
  name: 'reconcile',
  summary: "Compare Stripe's own lists of events with the ledger, and publish what is missing.",
  usage: 'reconcile --since TIME',
  options: {
    since: {
      type: 'string',
      value: 'TIME',
      help: 'First moment: 2026-11-24T03:00:00Z, or 2h for two hours ago; 30d at most.',
    },
    until: {
      type: 'string',
      value: 'TIME',
      help: 'Last moment (default a quarter of an hour ago: younger events may be on their way).',
    },
    account: {
      type: 'string',
      value: 'ACCT',
      help: 'Only the events of this connected account, or of the own one (default all).',
    },
    'dry-run': { type: 'boolean', help: 'Compare and say what is missing; publish nothing.' },
    ...TARGET_OPTIONS,
  },
  examples: [
    'reconcile --since 3h --stage prod',
    'reconcile --since 2026-11-24T01:00:00Z --until 2026-11-24T05:00:00Z --account acct_123 --dry-run --stage prod',
    'reconcile --since 30d --local',
  ],
  run(args, context) {
    if (args.positionals.length > 0) throw new UsageError('reconcile takes options only.');
    const order = readOrder(args, context.now());
    return withTarget(args, context, (target) => run(target, order, context));
  },
};

function readOrder(args: Arguments, now: number): ReconcileOrder {
  const since = readTime(args, 'since', now);
  if (since === undefined) throw new UsageError('Say since when with --since TIME.');
  const youngest = now - TOO_YOUNG_MS;
  const until = readTime(args, 'until', now) ?? youngest;
  if (until > youngest)
    throw new UsageError('--until is less than a quarter of an hour ago: such events may be on their way.');
  if (since >= until)
    throw new UsageError('--since is not before --until, which is a quarter of an hour ago at the latest.');
  // A minute for a clock that differs, and for what `30d` took to type.
  if (since < now - LISTED_FOR_MS - 60_000)
    throw new UsageError('--since is more than 30 days ago: Stripe lists no older events.');
  const account = readText(args, 'account');
  if (account !== undefined && !/^acct_\w+$/.test(account)) {
    throw new UsageError(`--account ${account} is no account of Stripe's: acct_… was expected.`);
  }
  // Stripe's times have whole seconds. The same window goes on where it was left.
  const [from, to] = [Math.floor(since / 1_000) * 1_000, Math.floor(until / 1_000) * 1_000];
  const dryRun = args.values['dry-run'] === true;
  return { since: from, until: to, dryRun, seconds: SECONDS, ...(account !== undefined && { account }) };
}

async function run(target: Target, order: ReconcileOrder, context: CommandContext): Promise<Report> {
  const { invokeFunction } = await import('#functions/adapters/operator/invoke-function.ts');
  const name = reconcilerName(target.stage);
  const report = await followReconciler(
    () => invokeFunction(target.clients.lambda, name, { reconcile: order }),
    `fanout ${commandOf(order)} ${target.option}`,
    context,
  );
  const isBlind = report.listsOf === 0;
  return {
    exitCode: isBlind || report.failed.length > 0 ? 1 : 0,
    data: { target: target.label, ...order, ...report },
    text: textOf(target, order, report, context),
  };
}

function commandOf({ since, until, account, dryRun }: ReconcileOrder): string {
  const [from, to] = [since, until].map((ms) => new Date(ms).toISOString());
  return `reconcile --since ${from} --until ${to}${account === undefined ? '' : ` --account ${account}`}${dryRun ? ' --dry-run' : ''}`;
}

function textOf(
  target: Target,
  order: ReconcileOrder,
  report: ReconcileReport,
  { paint, width }: CommandContext,
): string {
  const { looked, missing, published, otherVersion, unreadable, lists, listsOf, failed, withoutKey, suchAs } = report;
  const [from, to] = [order.since, order.until].map((ms) => new Date(ms).toISOString());
  const rows = [
    ['Lists compared', `${lists} of ${listsOf}`],
    ['Events looked at', String(looked)],
    ['Missing', String(missing)],
    ...(order.dryRun ? [] : [['Published now', String(published)]]),
    ...(otherVersion > 0 ? [['Of another API version', String(otherVersion)]] : []),
    ...(unreadable > 0 ? [['Not readable', String(unreadable)]] : []),
    ...(suchAs.length > 0 ? [['Such as', suchAs.join(', ')]] : []),
    ...withoutKey.map((mode) => [`No key for ${mode}`, 'not compared: docs/guides/api-keys.md']),
    ...failed.map(({ list, code, message }) => [paint('red', `Failed: ${list}`), `${code}: ${message}`]),
  ];
  const nothing =
    listsOf === 0
      ? ['', 'There was nothing to compare with: no API key is stored, or Stripe has no destination of this stage.']
      : [];
  const dry = order.dryRun && missing > 0 ? ['', 'Nothing was published: leave --dry-run out to do it.'] : [];
  return [`${target.label}, ${from} to ${to}`, '', table(rows, width), ...nothing, ...dry].join('\n');
}
