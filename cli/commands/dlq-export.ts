import { DEAD_LETTER_RETENTION_MS } from '#shared/operations/dead-letter.ts';
import { readOwner, readText } from '../arguments/read-arguments.ts';
import type { Command, CommandContext, LineFile } from '../command.ts';
import { deadLetterDesk } from '../dead-letters/dead-letter-desk.ts';
import type { Examined } from '../dead-letters/examined.ts';
import { FILTER_OPTIONS, readFilter } from '../dead-letters/filter.ts';
import { scan } from '../dead-letters/scan.ts';
import { TARGET_OPTIONS } from '../target/target-options.ts';
import { withTarget } from '../target/with-target.ts';
import { UsageError } from '../usage-error.ts';

/** `fanout dlq export`: dead letters as lines of a file; they stay in the DLQ. */
export const dlqExportCommand: Command = {
  name: 'dlq export',
  summary: 'Write dead letters to a new file, one JSON object a line; they stay where they are.',
  usage: 'dlq export <domain>',
  options: {
    to: {
      type: 'string',
      value: 'FILE',
      help: 'The file, which must not exist (default named after domain and time). It will hold personal data.',
    },
    ...FILTER_OPTIONS,
    ...TARGET_OPTIONS,
  },
  examples: [
    'dlq export core --to core.ndjson --stage prod',
    'dlq export core --error not_an_event --to odd.ndjson --local',
  ],
  run(args, context) {
    const owner = readOwner(args);
    const filter = readFilter(args, context.now());
    const time = new Date(context.now()).toISOString().replaceAll(':', '-');
    const path = readText(args, 'to') ?? `dlq-${owner}-${time}.ndjson`;
    return withTarget(args, context, async (target) => {
      const desk = await deadLetterDesk(target, context);
      let file: LineFile | undefined;
      let written = 0;
      try {
        await scan(desk, owner, context, async (examined) => {
          if (!filter.chooses(examined)) return;
          // With the first line only, so that a command which found nothing, or the DLQ locked, leaves no file behind.
          file ??= await created(path, context);
          await file.write(lineOf(examined));
          written += 1;
        });
      } finally {
        await file?.close();
      }
      const complete = !context.signal.aborted;
      return {
        exitCode: complete ? 0 : 1,
        data: { domain: owner, file: file === undefined ? null : path, written, complete },
        text:
          written === 0
            ? `No dead letters of ${owner} in ${target.label} to write: no file was made.`
            : `${written} dead letters of ${owner} written to ${path}${complete ? '' : '; stopped before the end'}.`,
      };
    });
  },
};

async function created(path: string, { createFile }: CommandContext): Promise<LineFile> {
  return createFile(path).catch((cause: unknown) => {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new UsageError(`--to ${path} cannot be made: ${reason}.`, { cause });
  });
}

function lineOf({ message, event, type, account, reason }: Examined): string {
  const { messageId, sentAt, attributes, body } = message;
  return JSON.stringify({
    event,
    type,
    account: account ?? null,
    error: reason,
    messageId,
    firstEnqueuedAt: new Date(sentAt).toISOString(),
    expiresAt: new Date(sentAt + DEAD_LETTER_RETENTION_MS).toISOString(),
    attributes,
    body,
  });
}
