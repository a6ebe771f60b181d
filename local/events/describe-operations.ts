import { arn } from '../assembly/account.ts';
import { AwsError } from '../aws/aws-error.ts';
import type { JsonOperation } from '../aws/json-service.ts';
import type { EventBuses } from './event-buses.ts';
import { busName } from './read-entry.ts';

/** What the bus can be asked about itself: ListRules, ListTargetsByRule, DescribeArchive. */
export function describeOperations(buses: EventBuses): Readonly<Record<string, JsonOperation>> {
  return {
    ListRules: (input) => {
      const bus = busName(input.optionalString('EventBusName'));
      const prefix = input.optionalString('NamePrefix') ?? '';
      const rules = buses.rules.filter((rule) => rule.bus === bus && rule.name.startsWith(prefix));
      return {
        Rules: rules.map(({ name, arn, enabled, pattern }) => ({
          Name: name,
          Arn: arn,
          EventBusName: bus,
          State: enabled ? 'ENABLED' : 'DISABLED',
          EventPattern: pattern,
        })),
      };
    },
    ListTargetsByRule: (input) => {
      const bus = busName(input.optionalString('EventBusName'));
      const rule = buses.rules.find((candidate) => candidate.bus === bus && candidate.name === input.string('Rule'));
      if (!rule)
        throw new AwsError('ResourceNotFoundException', `Rule ${input.string('Rule')} does not exist on ${bus}.`);
      return { Targets: rule.targets.map(({ arn }, i) => ({ Id: String(i), Arn: arn })) };
    },
    DescribeArchive: (input) => {
      const archive = buses.archives.find(({ name }) => name === input.string('ArchiveName'));
      if (!archive)
        throw new AwsError('ResourceNotFoundException', `Archive ${input.string('ArchiveName')} does not exist.`);
      return {
        ArchiveArn: archive.arn,
        ArchiveName: archive.name,
        EventSourceArn: arn('events', `event-bus/${archive.bus}`),
        State: 'ENABLED',
        EventCount: archive.eventCount,
        SizeBytes: archive.sizeBytes,
        CreationTime: archive.createdAt.getTime() / 1000,
      };
    },
  };
}
