import { QUEUE_OWNERS } from '#shared/naming/resource-names.ts';
import type { Command, CommandContext } from '../command.ts';
import { type DeadLetterDesk, deadLetterDesk } from '../dead-letters/dead-letter-desk.ts';
import type { Target } from '../target/target.ts';
import { TARGET_OPTIONS } from '../target/target-options.ts';
import { withTarget } from '../target/with-target.ts';
import { age } from '../terminal/age.ts';
import { listing } from '../terminal/listing.ts';
import { UsageError } from '../usage-error.ts';

/** What is known of one domain's failures without receiving a message. */
interface Line {
  readonly domain: string;
  /** SQS's counts of the DLQ. */
  readonly deadLetters: number;
  readonly hidden: number;
  readonly waiting: number;
  /** Events that the ledger lists as failed and not yet done, those still tried again included. */
  readonly failing: number;
  /** Unix milliseconds, of the ledger. */
  readonly oldestFailure: number | null;
  /** Status of the native move that runs, if one does. */
  readonly move: string | null;
}

/** `fanout dlq list`: how many dead letters there are, domain by domain. */
export const dlqListCommand: Command = {
  name: 'dlq list',
  summary: 'Count the dead letters of every domain.',
  usage: 'dlq list',
  options: { all: { type: 'boolean', help: 'List domains without any trouble too.' }, ...TARGET_OPTIONS },
  examples: ['dlq list --stage prod', 'dlq list --local'],
  run(args, context) {
    if (args.positionals.length > 0) throw new UsageError('dlq list takes no domain; dlq show does.');
    return withTarget(args, context, async (target) => {
      const desk = await deadLetterDesk(target, context);
      const owners = await Promise.all(QUEUE_OWNERS.map((owner) => lineOf(desk, owner)));
      const bus = await desk.queues.counts(target.output('BusDlqUrl'));
      const none = { waiting: 0, failing: 0, oldestFailure: null, move: null };
      const lines = [...owners, { domain: 'bus', deadLetters: bus.visible, hidden: bus.hidden, ...none }];
      const listed = lines.filter((line) => args.values.all === true || isTroubled(line));
      const total = lines.reduce((sum, { deadLetters, hidden }) => sum + deadLetters + hidden, 0);
      return {
        exitCode: 0,
        data: { target: target.label, total, domains: lines },
        text: textOf(listed, total, target, context),
      };
    });
  },
};

async function lineOf(desk: DeadLetterDesk, owner: (typeof QUEUE_OWNERS)[number]): Promise<Line> {
  const urls = desk.urlsOf(owner);
  const [dead, queue, failures, arn] = await Promise.all([
    desk.queues.counts(urls.deadLetters),
    desk.queues.counts(urls.queue),
    desk.failuresOf(owner),
    desk.queues.arn(urls.deadLetters),
  ]);
  const move = await desk.queues.latestMove(arn);
  const times = [...failures.values()].map(({ failedAt = '' }) => Date.parse(failedAt));
  return {
    domain: owner,
    deadLetters: dead.visible,
    hidden: dead.hidden,
    waiting: queue.visible + queue.hidden,
    failing: failures.size,
    oldestFailure: times.length > 0 ? Math.min(...times) : null,
    move: move?.handle === undefined ? null : move.status,
  };
}

function isTroubled({ deadLetters, hidden, failing, move }: Line): boolean {
  return deadLetters + hidden + failing > 0 || move !== null;
}

function textOf(lines: readonly Line[], total: number, { label, option }: Target, context: CommandContext): string {
  const { now } = context;
  if (lines.length === 0)
    return `No dead letters in the ${QUEUE_OWNERS.length} DLQs of ${label}, nor in the bus's own.`;
  const heading = ['DOMAIN', 'DEAD', 'HIDDEN', 'FAILING', 'OLDEST FAILURE', 'IN QUEUE', 'MOVE'];
  const rows = lines.map((line) => [
    line.domain,
    `${line.deadLetters}`,
    `${line.hidden}`,
    `${line.failing}`,
    line.oldestFailure === null ? '-' : age(now() - line.oldestFailure),
    `${line.waiting}`,
    line.move ?? '-',
  ]);
  return [
    listing(heading, rows, context),
    '',
    `${total} dead letters by SQS's count; FAILING is the ledger's, and includes what is still tried again.`,
    `fanout dlq show <domain> ${option} says why.`,
  ].join('\n');
}
