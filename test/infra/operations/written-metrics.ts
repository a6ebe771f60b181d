import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '../../..');

/** Metrics that AWS writes by itself and that we look at, by namespace, as its documentation lists them. */
export const WRITTEN_BY_AWS: Readonly<Record<string, readonly string[]>> = {
  'AWS/ApiGateway': ['Count', '4xx', '5xx'],
  'AWS/Events': [
    'FailedInvocations',
    'InvocationsFailedToBeSentToDlq',
    'InvocationsSentToDlq',
    'MatchedEvents',
    'ThrottledRules',
  ],
  'AWS/Lambda': ['Duration', 'Errors', 'Throttles'],
  'AWS/SQS': [
    'ApproximateAgeOfOldestMessage',
    'ApproximateNumberOfMessagesNotVisible',
    'ApproximateNumberOfMessagesVisible',
  ],
};

const SOURCES = globSync(['functions/**/*.ts', 'shared/publishing/*.ts', 'shared/telemetry/*.ts'], { cwd: root })
  .filter((file) => !file.endsWith('watched-metrics.ts'))
  .map((file) => readFileSync(join(root, file), 'utf8'))
  .join('\n');

/** Whether the source of a function writes a metric of this name: as it stands, or as `<outcome>_<code>`. */
export function isWrittenByUs(name: string): boolean {
  const [outcome = '', code] = name.split(/_(.*)/s);
  return code === undefined
    ? SOURCES.includes(`'${name}'`)
    : SOURCES.includes(`'${outcome}'`) && SOURCES.includes(`'${code}'`) || SOURCES.includes(`${code}: {`);
}
