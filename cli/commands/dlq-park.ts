import { readOwner, readText } from '../arguments/read-arguments.ts';
import type { Command } from '../command.ts';
import { deadLetterDesk } from '../dead-letters/dead-letter-desk.ts';
import { FILTER_OPTIONS, readFilter } from '../dead-letters/filter.ts';
import { moveReport } from '../dead-letters/move-report.ts';
import { queueSource } from '../dead-letters/queue-source.ts';
import { ParkingLot } from '../parking/parking-lot.ts';
import { TARGET_OPTIONS } from '../target/target-options.ts';
import { withTarget } from '../target/with-target.ts';
import { UsageError } from '../usage-error.ts';

/** Messages a second: nothing but S3 notices. */
const RATE = 100;

/** `fanout dlq park`: poison out of the way, kept for longer than a queue remembers. */
export const dlqParkCommand: Command = {
  name: 'dlq park',
  summary: 'Put dead letters aside in S3 with a reason: a queue forgets them after 14 days.',
  usage: 'dlq park <domain> --reason TEXT',
  options: {
    yes: { type: 'boolean', help: 'Do it. Without this the plan is printed and nothing moved.' },
    reason: { type: 'string', value: 'TEXT', help: 'Why: whoever finds them later reads it.' },
    ...FILTER_OPTIONS,
    ...TARGET_OPTIONS,
  },
  examples: ['dlq park core --error not_an_event --reason "sent by a test" --stage prod --yes'],
  run(args, context) {
    const owner = readOwner(args);
    const filter = readFilter(args, context.now());
    const reason = readText(args, 'reason');
    if (reason === undefined || reason.trim() === '') throw new UsageError('Say why with --reason TEXT.');
    return withTarget(args, context, async (target) => {
      const desk = await deadLetterDesk(target, context);
      const lot = await ParkingLot.of(target, owner);
      const { visible, hidden } = await desk.queues.counts(desk.urlsOf(owner).deadLetters);
      const parkedAt = new Date(context.now()).toISOString();
      const plan = `Park dead letters of ${owner} in ${target.label}: of ${visible + hidden} ${words(filter.words)}.`;
      const move = {
        lock: desk.lock,
        owner,
        open: () => queueSource(desk, owner, context.signal),
        filter,
        rate: RATE,
        limit: Number.POSITIVE_INFINITY,
        expected: visible + hidden,
        what: 'parking',
        deliver: (examined: Parameters<typeof lot.take>[0]) => lot.take(examined, reason, parkedAt),
      };
      return moveReport(plan, move, args.values.yes === true, context);
    });
  },
};

function words(filter: readonly string[]): string {
  return filter.length === 0 ? 'all' : `those with ${filter.join(', ')}`;
}
