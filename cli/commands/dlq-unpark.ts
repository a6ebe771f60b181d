import { readCount, readOwner } from '../arguments/read-arguments.ts';
import type { Command } from '../command.ts';
import { deadLetterDesk } from '../dead-letters/dead-letter-desk.ts';
import type { Examined } from '../dead-letters/examined.ts';
import { FILTER_OPTIONS, readFilter } from '../dead-letters/filter.ts';
import { moveReport } from '../dead-letters/move-report.ts';
import { withoutReason } from '../dead-letters/without-reason.ts';
import { ParkingLot } from '../parking/parking-lot.ts';
import { TARGET_OPTIONS } from '../target/target-options.ts';
import { withTarget } from '../target/with-target.ts';

const DEFAULT_RATE = 10;
const MAX_RATE = 500;

/** `fanout dlq unpark`: what was put aside goes to the domain's queue, to be handled. */
export const dlqUnparkCommand: Command = {
  name: 'dlq unpark',
  summary: "Send dead letters that were put aside to the domain's queue again.",
  usage: 'dlq unpark <domain>',
  options: {
    yes: { type: 'boolean', help: 'Do it. Without this the plan is printed and nothing moved.' },
    ...FILTER_OPTIONS,
    rate: { type: 'string', value: 'N', help: `Most messages a second, 1 to ${MAX_RATE} (default ${DEFAULT_RATE}).` },
    ...TARGET_OPTIONS,
  },
  examples: ['dlq unpark core --stage prod', 'dlq unpark core --ids evt_1,evt_2 --local --yes'],
  run(args, context) {
    const owner = readOwner(args);
    const filter = readFilter(args, context.now());
    const rate = readCount(args, 'rate', 1, MAX_RATE) ?? DEFAULT_RATE;
    return withTarget(args, context, async (target) => {
      const desk = await deadLetterDesk(target, context);
      const lot = await ParkingLot.of(target, owner);
      const { queue } = desk.urlsOf(owner);
      let parked = 0;
      for await (const batch of lot.source(context.signal).batches(10)) parked += batch.filter(filter.chooses).length;
      const plan = `Send ${parked} parked letters of ${owner} to its queue in ${target.label}, at most ${rate} a second.`;
      const move = {
        lock: desk.lock,
        owner,
        open: async () => lot.source(context.signal),
        filter,
        rate,
        limit: Number.POSITIVE_INFINITY,
        expected: parked,
        what: 'unparking',
        deliver: (examined: Examined) =>
          lot.giveBack(examined, () => desk.queues.send(queue, withoutReason(examined.message))),
      };
      return moveReport(plan, move, args.values.yes === true, context);
    });
  },
};
