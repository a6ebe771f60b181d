import type { QueueOwner } from '#shared/naming/resource-names.ts';
import { readCount, readOwner } from '../arguments/read-arguments.ts';
import type { Command, CommandContext, Report } from '../command.ts';
import { type DeadLetterDesk, deadLetterDesk } from '../dead-letters/dead-letter-desk.ts';
import type { Examined } from '../dead-letters/examined.ts';
import { FILTER_OPTIONS, type Filter, readFilter } from '../dead-letters/filter.ts';
import { moveAll, type NativeMove } from '../dead-letters/move-all.ts';
import { type Moved, moveChosen } from '../dead-letters/move-chosen.ts';
import { movedText } from '../dead-letters/moved-text.ts';
import { queueSource } from '../dead-letters/queue-source.ts';
import { withoutReason } from '../dead-letters/without-reason.ts';
import { TARGET_OPTIONS } from '../target/target-options.ts';
import { withTarget } from '../target/with-target.ts';

/** Fast enough for a morning's failures, slow enough to see on a dashboard that they fail again. */
const DEFAULT_RATE = 10;
/** SQS's own limit for a move. */
const MAX_RATE = 500;

/** `fanout dlq redrive`: back to the queue, all or the chosen ones. */
export const dlqRedriveCommand: Command = {
  name: 'dlq redrive',
  summary: 'Move the dead letters of a domain back to its queue, all or chosen ones.',
  usage: 'dlq redrive <domain>',
  options: {
    yes: { type: 'boolean', help: 'Do it. Without this the plan is printed and nothing moved.' },
    ...FILTER_OPTIONS,
    rate: { type: 'string', value: 'N', help: `Most messages a second, 1 to ${MAX_RATE} (default ${DEFAULT_RATE}).` },
    limit: { type: 'string', value: 'N', help: 'Most messages in all.' },
    ...TARGET_OPTIONS,
  },
  examples: [
    'dlq redrive billing --stage prod',
    'dlq redrive billing --stage prod --yes',
    'dlq redrive core --error objects_unavailable --older-than 1h --rate 5 --limit 100 --local --yes',
  ],
  run(args, context) {
    const owner = readOwner(args);
    const filter = readFilter(args, context.now());
    const rate = readCount(args, 'rate', 1, MAX_RATE) ?? DEFAULT_RATE;
    const limit = readCount(args, 'limit', 1, Number.MAX_SAFE_INTEGER);
    return withTarget(args, context, async (target) => {
      const desk = await deadLetterDesk(target, context);
      const plan = await planOf(desk, { owner, filter, rate, limit }, target.label);
      if (args.values.yes !== true) return planReport(plan);
      if (plan.way === 'native') return nativeReport(plan, await moveAll(desk, owner, rate, context));
      const queue = desk.urlsOf(owner).queue;
      const deliver = ({ message }: Examined) => desk.queues.send(queue, withoutReason(message));
      const moved = await moveChosen(
        {
          lock: desk.lock,
          owner,
          open: () => queueSource(desk, owner, context.signal),
          filter,
          rate,
          limit: limit ?? Number.POSITIVE_INFINITY,
          expected: plan.deadLetters,
          what: 'a redrive',
          deliver,
        },
        context,
      );
      return chosenReport(plan, moved, context);
    });
  },
};

interface Plan {
  readonly target: string;
  readonly domain: string;
  /** `native`: SQS moves everything. `selective`: this command receives, sends and deletes one by one. */
  readonly way: 'native' | 'selective';
  /** SQS's count, hidden ones included. */
  readonly deadLetters: number;
  readonly filter: readonly string[];
  readonly ratePerSecond: number;
  readonly limit: number | null;
}

interface Wanted {
  readonly owner: QueueOwner;
  readonly filter: Filter;
  readonly rate: number;
  readonly limit: number | undefined;
}

async function planOf(desk: DeadLetterDesk, { owner, filter, rate, limit }: Wanted, target: string): Promise<Plan> {
  const { visible, hidden } = await desk.queues.counts(desk.urlsOf(owner).deadLetters);
  return {
    target,
    domain: owner,
    way: filter.words.length === 0 && limit === undefined ? 'native' : 'selective',
    deadLetters: visible + hidden,
    filter: filter.words,
    ratePerSecond: rate,
    limit: limit ?? null,
  };
}

function planText({ target, domain, way, deadLetters, filter, ratePerSecond, limit }: Plan): string {
  const chosen = filter.length > 0 ? `of ${deadLetters} those with ${filter.join(', ')}` : `all ${deadLetters}`;
  const most = limit === null ? '' : `, at most ${limit}`;
  const how = way === 'native' ? 'by SQS itself' : 'one by one';
  return `Redrive ${domain} in ${target}: ${chosen}${most}, ${how}, at most ${ratePerSecond} a second.`;
}

function planReport(plan: Plan): Report {
  return {
    exitCode: 0,
    data: { plan, done: false },
    text: `${planText(plan)}\nNothing was moved: add --yes to do it.`,
  };
}

function nativeReport(plan: Plan, result: NativeMove): Report {
  const { status, moved, left, joined, reason } = result;
  const lines = [
    planText(plan),
    ...(joined ? ['A move was already running: this command watched it, and its rate was the other one’s.'] : []),
    `${status}: ${moved} moved, ${left} left${reason === undefined ? '' : ` (${reason})`}.`,
    ...(left > 0 ? ['Left are what arrived meanwhile, what failed again, and what another reader has hidden.'] : []),
  ];
  return { exitCode: status === 'COMPLETED' ? 0 : 1, data: { plan, done: true, ...result }, text: lines.join('\n') };
}

function chosenReport(plan: Plan, moved: Moved, context: CommandContext): Report {
  const isWhole = moved.complete && moved.refused.length + moved.unknown.length === 0;
  return {
    exitCode: isWhole ? 0 : 1,
    data: { plan, done: true, ...moved },
    text: `${planText(plan)}\n${movedText(moved, context)}`,
  };
}
