import type { OwnService } from '../aws/aws-call.ts';
import { AwsError } from '../aws/aws-error.ts';
import { jsonService } from '../aws/json-service.ts';
import { filterPattern, InvalidFilterPattern, type LineTest } from './filter-pattern.ts';
import { type LogStore, logGroupOf } from './log-store.ts';

/** CloudWatch's own limit for one answer. */
const PAGE = 10_000;

/** CloudWatch Logs as far as a runbook reads it: the lines of a group since some time that a pattern finds. */
export function logsService(store: LogStore, functionNames: readonly string[]): OwnService {
  const groups = functionNames.map(logGroupOf);
  return jsonService(
    {
      DescribeLogGroups: (input) => {
        const prefix = input.optionalString('logGroupNamePrefix') ?? '';
        const found = groups.filter((group) => group.startsWith(prefix));
        return { logGroups: found.map((logGroupName) => ({ logGroupName })) };
      },
      FilterLogEvents: (input) => {
        const group = input.string('logGroupName');
        if (!groups.includes(group)) {
          throw new AwsError('ResourceNotFoundException', `The log group ${group} does not exist here.`);
        }
        const test = testOf(input.optionalString('filterPattern') ?? '');
        const from = input.optionalNumber('startTime') ?? 0;
        const to = input.optionalNumber('endTime') ?? Number.POSITIVE_INFINITY;
        const after = Number(input.optionalString('nextToken') ?? 0);
        const most = input.optionalNumber('limit') ?? PAGE;
        const found = store
          .events()
          .filter((event) => event.group === group && event.id > after && event.at >= from && event.at < to)
          .filter(({ text }) => test(text));
        const page = found.slice(0, most);
        const last = page.at(-1)?.id;
        return {
          events: page.map(({ id, at, text }) => ({
            eventId: String(id).padStart(20, '0'),
            logStreamName: 'local',
            timestamp: at,
            ingestionTime: at,
            message: text,
          })),
          searchedLogStreams: [],
          ...(found.length > page.length && last !== undefined ? { nextToken: String(last) } : {}),
        };
      },
    },
    { contentType: 'application/x-amz-json-1.1', invalidInput: 'InvalidParameterException' },
  );
}

function testOf(pattern: string): LineTest {
  try {
    return filterPattern(pattern);
  } catch (thrown) {
    if (!(thrown instanceof InvalidFilterPattern)) throw thrown;
    throw new AwsError('InvalidParameterException', thrown.message);
  }
}
