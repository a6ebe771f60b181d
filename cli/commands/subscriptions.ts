import type { QueueRedrive } from '#functions/adapters/operator/queue-redrive.ts';
import type { Command, CommandContext } from '../command.ts';
import { otherRules } from '../subscriptions/other-rules.ts';
import { type Subscription, subscriptionOf } from '../subscriptions/subscription.ts';
import type { Target } from '../target/target.ts';
import { TARGET_OPTIONS } from '../target/target-options.ts';
import { withTarget } from '../target/with-target.ts';
import { table, wrap } from '../terminal/table.ts';
import { UsageError } from '../usage-error.ts';

/** Most types that a line names. */
const NAMED = 6;
/** Rules that are asked about at once: EventBridge allows some 50 such calls a second. */
const AT_ONCE = 5;

/** `fanout subscriptions`: who else listens on the bus. */
export const subscriptionsCommand: Command = {
  name: 'subscriptions',
  summary: "List other teams' rules on the bus: owner, pattern, matched types, target and DLQ.",
  usage: 'subscriptions',
  options: TARGET_OPTIONS,
  examples: ['subscriptions --stage prod', 'subscriptions --local --json'],
  run(args, context) {
    if (args.positionals.length > 0) throw new UsageError('subscriptions takes options only.');
    return withTarget(args, context, async (target) => {
      const subscriptions = await subscriptionsOn(target);
      return {
        exitCode: 0,
        data: { target: target.label, bus: target.output('BusName'), subscriptions },
        text: textOf(subscriptions, target.label, context),
      };
    });
  },
};

async function subscriptionsOn({ clients, output, stage }: Target): Promise<readonly Subscription[]> {
  const { originOfRule, rulesOfBus, targetsOfRule } = await import('#functions/adapters/operator/bus-rules.ts');
  const { redriveOfQueue } = await import('#functions/adapters/operator/queue-redrive.ts');
  const bus = output('BusName');
  const [, , , , ownAccount = ''] = output('BusArn').split(':');
  const others = otherRules(await rulesOfBus(clients.events, bus), stage);
  const found: Subscription[] = [];
  for (let at = 0; at < others.length; at += AT_ONCE) {
    const read = others.slice(at, at + AT_ONCE).map(async (rule) => {
      const { events, sqs } = clients;
      const targets = (await targetsOfRule(events, bus, rule.name)).map(async (target) =>
        target.arn.includes(':sqs:')
          ? { ...target, redrive: await redriveOfQueue(sqs, target.arn, ownAccount) }
          : target,
      );
      return subscriptionOf(rule, await Promise.all(targets), await originOfRule(events, bus, rule));
    });
    found.push(...(await Promise.all(read)));
  }
  return found;
}

function textOf(subscriptions: readonly Subscription[], label: string, context: CommandContext): string {
  if (subscriptions.length === 0) return `Nobody else listens on the bus of ${label}.`;
  const blocks = subscriptions.map((subscription) => blockOf(subscription, context));
  return [...blocks, `${subscriptions.length} subscriptions in ${label}`].join('\n\n');
}

function blockOf(subscription: Subscription, { paint, width }: CommandContext): string {
  const { rule, owner, account, isEnabled, pattern, types, notifications, conditions, targets, warnings } =
    subscription;
  const rows = [
    ['  owner', [owner ?? 'not named', ...(account === null ? [] : [`account ${account}`])].join(', ')],
    ['  types', types === null ? 'unknown' : listed(types)],
    ...(notifications.length > 0 ? [['  unresolved', listed(notifications)]] : []),
    ...(conditions.length > 0 ? [['  and fits in', conditions.join(', ')]] : []),
    ['  pattern', JSON.stringify(pattern)],
    ...targets.flatMap(({ arn, deadLetterQueue, redrive }) => [
      ['  to', arn],
      ['  DLQ', deadLetterQueue ?? paint('red', 'none')],
      ...(redrive === null ? [] : [['  its failures', failuresOf(redrive, paint)]]),
    ]),
  ];
  return [
    `${paint('bold', rule)}${isEnabled ? '' : ` ${paint('yellow', '(off)')}`}`,
    table(rows, width),
    ...warnings.flatMap((warning) => wrap(`! ${warning}`, width - 2).map((line) => `  ${paint('yellow', line)}`)),
  ].join('\n');
}

/** Where the queue puts what its consumer fails on. */
function failuresOf(redrive: QueueRedrive, paint: CommandContext['paint']): string {
  if (redrive === 'unreadable') return 'not to be read from here';
  if (redrive === 'missing') return paint('red', 'there is no such queue');
  if (redrive === 'none') return paint('red', 'to no DLQ');
  return `to ${redrive.deadLetterQueue} after ${redrive.maxReceiveCount} receives`;
}

function listed(types: readonly string[]): string {
  const more = types.length - NAMED;
  return `${types.length}: ${types.slice(0, NAMED).join(', ')}${more > 0 ? `, … ${more} more` : ''}`;
}
