import { readCount, readOwner } from '../arguments/read-arguments.ts';
import type { Command } from '../command.ts';
import { deadLetterDesk } from '../dead-letters/dead-letter-desk.ts';
import { FILTER_OPTIONS, readFilter } from '../dead-letters/filter.ts';
import { purge } from '../dead-letters/purge.ts';
import { TARGET_OPTIONS } from '../target/target-options.ts';
import { withTarget } from '../target/with-target.ts';

/** `fanout dlq purge`: the only command that loses events, so it wants to be told how many. */
export const dlqPurgeCommand: Command = {
  name: 'dlq purge',
  summary: 'Delete dead letters for good; park or export them first.',
  usage: 'dlq purge <domain>',
  options: {
    count: {
      type: 'string',
      value: 'N',
      help: 'Delete, if the chosen ones are exactly this many. Else only count them.',
    },
    ...FILTER_OPTIONS,
    ...TARGET_OPTIONS,
  },
  examples: [
    'dlq purge core --error not_an_event --stage prod',
    'dlq purge core --error not_an_event --count 12 --stage prod',
  ],
  run(args, context) {
    const owner = readOwner(args);
    const filter = readFilter(args, context.now());
    const count = readCount(args, 'count', 1, Number.MAX_SAFE_INTEGER);
    return withTarget(args, context, async (target) => {
      const { chosen, deleted, complete } = await purge(
        await deadLetterDesk(target, context),
        owner,
        filter,
        count,
        context,
      );
      const isRefused = count !== undefined && count !== chosen;
      const lines = [
        `${chosen} dead letters of ${owner} in ${target.label} are chosen; ${deleted} were deleted for good.`,
        ...(count === undefined && chosen > 0
          ? [`To delete them say --count ${chosen}. fanout dlq export keeps a copy.`]
          : []),
        ...(isRefused ? [`--count ${count} was said, and ${chosen} are there: nothing was deleted.`] : []),
        ...(complete ? [] : ['It was stopped before the end.']),
      ];
      return {
        exitCode: isRefused || !complete || (count !== undefined && deleted < count) ? 1 : 0,
        data: { domain: owner, chosen, deleted, complete },
        text: lines.join('\n'),
      };
    });
  },
};
