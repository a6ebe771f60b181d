import { DEAD_LETTER_RETENTION_MS } from '#shared/operations/dead-letter.ts';
import type { QueueCounts } from '#shared/operations/operator-queues.ts';
import { readOwner, readText } from '../arguments/read-arguments.ts';
import type { Arguments, Command, CommandContext } from '../command.ts';
import { type DeadLetterDesk, deadLetterDesk } from '../dead-letters/dead-letter-desk.ts';
import { type Failed, GROUPINGS, type Group, type Grouping, groupBy } from '../dead-letters/group.ts';
import { CRASHED, reasonOfRow } from '../dead-letters/reason.ts';
import { scan } from '../dead-letters/scan.ts';
import { TARGET_OPTIONS } from '../target/target-options.ts';
import { withTarget } from '../target/with-target.ts';
import { age } from '../terminal/age.ts';
import { listing } from '../terminal/listing.ts';
import { UsageError } from '../usage-error.ts';

type Source = 'ledger' | 'scanned';

/** `fanout dlq show`: why a domain's events are in its DLQ, counted by failure. */
export const dlqShowCommand: Command = {
  name: 'dlq show',
  summary: 'Say why the dead letters of a domain are there, counted by error, type or account.',
  usage: 'dlq show <domain>',
  options: {
    group: { type: 'string', value: 'BY', help: `Count by ${GROUPINGS.join(', ')} (default error).` },
    scan: {
      type: 'boolean',
      help: 'Receive every message and put it back, instead of reading the ledger: slower, and exact.',
    },
    ...TARGET_OPTIONS,
  },
  examples: ['dlq show billing --stage prod', 'dlq show core --group type --scan --local'],
  run(args, context) {
    const owner = readOwner(args);
    const grouping = readGrouping(args);
    const source: Source = args.values.scan === true ? 'scanned' : 'ledger';
    return withTarget(args, context, async (target) => {
      const desk = await deadLetterDesk(target, context);
      const counts = await desk.queues.counts(desk.urlsOf(owner).deadLetters);
      const failed = source === 'ledger' ? await fromLedger(desk, owner) : await fromScan(desk, owner, context);
      const groups = groupBy(grouping, failed);
      const unexplained = source === 'ledger' ? Math.max(0, counts.visible + counts.hidden - failed.length) : 0;
      return {
        exitCode: context.signal.aborted ? 1 : 0,
        data: {
          domain: owner,
          source,
          grouping,
          complete: !context.signal.aborted,
          deadLetters: counts,
          unexplained,
          groups: groups.map((group) => ({
            ...group,
            source,
            oldest: new Date(group.oldest).toISOString(),
            // Counted from the first enqueue, which only the message knows.
            ...(source === 'scanned'
              ? { expires: new Date(group.oldest + DEAD_LETTER_RETENTION_MS).toISOString() }
              : {}),
          })),
        },
        text: textOf({ owner, source, grouping, groups, counts, unexplained }, context),
      };
    });
  },
};

function readGrouping(args: Arguments): Grouping {
  const given = readText(args, 'group') ?? 'error';
  const found = GROUPINGS.find((grouping) => grouping === given);
  if (found !== undefined) return found;
  throw new UsageError(`--group ${given} is none of ${GROUPINGS.join(', ')}.`);
}

async function fromLedger(desk: DeadLetterDesk, owner: Parameters<DeadLetterDesk['urlsOf']>[0]): Promise<Failed[]> {
  const failures = await desk.failuresOf(owner);
  return [...failures.values()].map((row) => ({
    event: row.event,
    type: row.type ?? 'unknown',
    ...(row.account === undefined ? {} : { account: row.account }),
    reason: reasonOfRow(row),
    since: Date.parse(row.failedAt ?? ''),
  }));
}

async function fromScan(
  desk: DeadLetterDesk,
  owner: Parameters<DeadLetterDesk['urlsOf']>[0],
  context: CommandContext,
): Promise<Failed[]> {
  const failed: Failed[] = [];
  await scan(desk, owner, context, ({ message, ...examined }) => {
    failed.push({ ...examined, since: message.sentAt });
  });
  return failed;
}

interface Shown {
  readonly owner: string;
  readonly source: Source;
  readonly grouping: Grouping;
  readonly groups: readonly Group[];
  readonly counts: QueueCounts;
  readonly unexplained: number;
}

function textOf({ owner, source, grouping, groups, counts, unexplained }: Shown, context: CommandContext): string {
  const { now } = context;
  const isScan = source === 'scanned';
  const heading = [
    grouping.toUpperCase(),
    'COUNT',
    'SOURCE',
    'OLDEST',
    isScan ? 'EXPIRES IN' : '',
    'EXAMPLE',
    'REASON',
  ];
  const rows = groups.map(({ key, count, oldest, example, message }) => [
    key,
    `${count}`,
    source,
    age(now() - oldest),
    isScan ? age(oldest + DEAD_LETTER_RETENTION_MS - now()) : '',
    example,
    message,
  ]);
  const lines = [`${owner}: ${counts.visible} dead letters and ${counts.hidden} hidden, by SQS's count.`];
  if (groups.length > 0) {
    lines.push('', listing(heading, rows, context));
  }
  if (unexplained > 0) {
    lines.push(
      '',
      `${unexplained} more than the ledger explains (${CRASHED.code}, or never delivered by the bus): --scan tells which.`,
    );
  }
  if (!isScan && groups.length > 0) {
    lines.push('', 'The ledger also lists what is still being tried again and may yet succeed.');
  }
  if (context.signal.aborted) lines.push('', 'Stopped: the counts are of a part.');
  return lines.join('\n');
}
