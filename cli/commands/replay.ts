import { UNRECOGNIZED } from '#shared/catalogue/domains.ts';
import { longestPrefix } from '#shared/catalogue/longest-prefix.ts';
import { ROUTES } from '#shared/catalogue/routes.ts';
import { type RuleId, ruleName } from '#shared/naming/resource-names.ts';
import { replayName } from '#shared/replay/replay-name.ts';
import { readDomain, readText, readTime } from '../arguments/read-arguments.ts';
import type { Arguments, Command, CommandContext, Report } from '../command.ts';
import { OperatorFault } from '../operator-fault.ts';
import { awaitArchive } from '../replay/await-archive.ts';
import { followReplay } from '../replay/follow-replay.ts';
import type { Target } from '../target/target.ts';
import { TARGET_OPTIONS } from '../target/target-options.ts';
import { withTarget } from '../target/with-target.ts';
import { UsageError } from '../usage-error.ts';

/** `fanout replay`: the archive's events of some time once more, to chosen rules. */
export const replayCommand: Command = {
  name: 'replay',
  summary: "Deliver the archive's events of some time again: repairs projections, repeats reactions only when asked.",
  usage: 'replay --from TIME',
  options: {
    yes: { type: 'boolean', help: 'Do it. Without this the plan is printed and nothing replayed.' },
    from: { type: 'string', value: 'TIME', help: 'First moment: 2026-11-24T03:00:00Z, or 2h for two hours ago.' },
    to: { type: 'string', value: 'TIME', help: 'End, not included (default now).' },
    domain: { type: 'string', value: 'NAME', help: 'To the rules of this domain (default all domains).' },
    rule: { type: 'string', value: 'NAME', help: "To this rule, which may be another team's." },
    rerun: {
      type: 'string',
      value: 'REACTION',
      help: 'Run this reaction again, once per event: invoice.payment_failed, or type/name where there are several.',
    },
    ...TARGET_OPTIONS,
  },
  examples: [
    'replay --from 2026-11-24T01:00:00Z --to 2026-11-24T02:00:00Z --domain billing --stage prod --yes',
    'replay --from 1h --domain billing --rerun invoice.payment_failed --local --yes',
  ],
  run(args, context) {
    if (args.positionals.length > 0) throw new UsageError('replay takes options only.');
    const order = readOrder(args, context.now());
    return withTarget(args, context, (target) => replay(target, order, args.values.yes === true, context));
  },
};

interface Order {
  readonly from: number;
  readonly to: number;
  readonly domain: string | undefined;
  readonly rule: string | undefined;
  readonly rerun: string | undefined;
}

function readOrder(args: Arguments, now: number): Order {
  const from = readTime(args, 'from', now);
  const to = readTime(args, 'to', now) ?? now;
  if (from === undefined) throw new UsageError('Say since when with --from TIME.');
  if (from >= to) throw new UsageError('--from is not before --to.');
  if (to > now) throw new UsageError('--to lies ahead.');
  const [given, rule, rerun] = [readText(args, 'domain'), readText(args, 'rule'), readText(args, 'rerun')];
  if (given !== undefined && rule !== undefined) throw new UsageError('Say --domain or --rule, not both.');
  const domain = given === undefined ? undefined : readDomain({ positionals: [given], values: {} });
  if (rerun === undefined) return { from, to, domain, rule, rerun };
  const [type = ''] = rerun.split('/');
  const owner = longestPrefix(type)?.domain;
  if (domain === undefined || owner !== domain) {
    throw new UsageError(`--rerun ${rerun} is a reaction of ${owner ?? 'no domain'}: say --domain ${owner ?? 'NAME'}.`);
  }
  return { from, to, domain, rule, rerun };
}

async function replay(target: Target, order: Order, isWanted: boolean, context: CommandContext): Promise<Report> {
  const { cancelReplay, replayState, startReplay } = await import('#functions/adapters/operator/archive-replays.ts');
  const { rulesOfBus } = await import('#functions/adapters/operator/bus-rules.ts');
  const { events } = target.clients;
  const wanted = ruleNames(target.stage, order);
  const rules = (await rulesOfBus(events, target.output('BusName'))).filter(({ name }) => wanted.includes(name));
  if (rules.length < wanted.length) {
    const missing = wanted.filter((name) => rules.every((rule) => rule.name !== name));
    throw new OperatorFault('no_such_rule', `The bus has no rule ${missing.join(', ')}.`);
  }
  const { from, to, domain, rerun } = order;
  const name = replayName(context.now(), rerun === undefined ? undefined : `${domain}#${rerun}`);
  const plan = planText(target.label, order, rules.length);
  if (!isWanted) {
    return { exitCode: 0, data: { plan, done: false }, text: `${plan}\nNothing was replayed: add --yes to do it.` };
  }
  // The local archive has an event as soon as the bus has it.
  if (!target.isLocal) await awaitArchive(to, context);
  const busArn = target.output('BusArn');
  const archive = target.output('ArchiveName');
  await startReplay(events, { name, archive, busArn, ruleArns: rules.map(({ arn }) => arn), from, to });
  const ended = await followReplay(
    { from, to, state: () => replayState(events, name), cancel: () => cancelReplay(events, name) },
    context,
  );
  return {
    exitCode: ended.state === 'COMPLETED' ? 0 : 1,
    data: { plan, done: true, replay: name, rules: rules.map((rule) => rule.name), ...ended },
    text: `${plan}\n${ended.state}: ${name}${ended.reason === undefined ? '' : ` (${ended.reason})`}.`,
  };
}

function ruleNames(stage: string, { domain, rule }: Order): string[] {
  if (rule !== undefined) return [rule];
  // Named one by one: no filter would mean all rules of the bus, other teams' too. Notifications are left out, for what
  // became of them is in the archive as well.
  const routed: RuleId[] = ROUTES.filter((route) => domain === undefined || route.domain === domain).map(
    ({ id }) => id,
  );
  const others: RuleId[] = domain === undefined || domain === UNRECOGNIZED ? ['Unrecognized'] : [];
  return [...routed, ...others].map((id) => ruleName(stage, id));
}

function planText(label: string, { from, to, domain, rule, rerun }: Order, rules: number): string {
  const [start, end] = [from, to].map((ms) => new Date(ms).toISOString());
  const whom = rule === undefined ? `the ${rules} rules of ${domain ?? 'all domains'}` : `the rule ${rule}`;
  const reacts =
    rerun === undefined ? 'Reactions are not repeated.' : `The reaction ${rerun} runs again for each event.`;
  return `Replay ${start} to ${end} in ${label} to ${whom}. ${reacts}`;
}
