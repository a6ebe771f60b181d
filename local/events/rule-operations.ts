import { arn, PARTITION, REGION } from '../assembly/account.ts';
import { AwsError } from '../aws/aws-error.ts';
import type { JsonOperation } from '../aws/json-service.ts';
import type { JsonReader } from '../json-reader.ts';
import type { EventBuses } from './event-buses.ts';
import { busName } from './read-entry.ts';
import type { Rule, Target } from './rule.ts';

/** What the bus can be asked about itself and its rules; rules on and off, and targets taken away. */
export function ruleOperations(buses: EventBuses): Readonly<Record<string, JsonOperation>> {
  const find = (input: JsonReader, name: string): Rule => {
    const bus = busName(input.optionalString('EventBusName'));
    const rule = buses.rules.find((candidate) => candidate.bus === bus && candidate.name === name);
    if (!rule) throw new AwsError('ResourceNotFoundException', `Rule ${name} does not exist on ${bus}.`);
    return rule;
  };
  const switched =
    (enabled: boolean): JsonOperation =>
    (input) => {
      find(input, input.string('Name')).enabled = enabled;
    };
  return {
    ListRules: (input) => {
      const bus = busName(input.optionalString('EventBusName'));
      const prefix = input.optionalString('NamePrefix') ?? '';
      const rules = buses.rules.filter((rule) => rule.bus === bus && rule.name.startsWith(prefix));
      return {
        Rules: rules.map(described),
      };
    },
    DescribeRule: (input) => {
      const rule = find(input, input.string('Name'));
      return { ...described(rule), CreatedBy: rule.createdBy };
    },
    EnableRule: switched(true),
    DisableRule: switched(false),
    ListTargetsByRule: (input) => ({ Targets: find(input, input.string('Rule')).targets.map(describedTarget) }),
    RemoveTargets: (input) => {
      const rule = find(input, input.string('Rule'));
      const ids = input.strings('Ids');
      rule.targets = rule.targets.filter(({ id }) => !ids.includes(id));
      return { FailedEntryCount: 0, FailedEntries: [] };
    },
    DescribeEventSource: (input) => {
      const name = input.string('Name');
      // A partner's source is there where its bus is.
      if (!name.startsWith('aws.partner/') || !buses.names.has(name)) {
        throw new AwsError('ResourceNotFoundException', `Event source ${name} does not exist.`);
      }
      return { Name: name, Arn: `arn:${PARTITION}:events:${REGION}::event-source/${name}`, State: 'ACTIVE' };
    },
    ListTagsForResource: (input) => {
      const rule = buses.rules.find((candidate) => candidate.arn === input.string('ResourceARN'));
      if (!rule) throw new AwsError('ResourceNotFoundException', `There is no rule ${input.string('ResourceARN')}.`);
      return { Tags: Object.entries(rule.tags).map(([Key, Value]) => ({ Key, Value })) };
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

function described({ name, arn, bus, enabled, pattern }: Rule) {
  return { Name: name, Arn: arn, EventBusName: bus, State: enabled ? 'ENABLED' : 'DISABLED', EventPattern: pattern };
}

function describedTarget({ id, arn, deadLetterArn, maxRetries, maxAge }: Target) {
  return {
    Id: id,
    Arn: arn,
    ...(deadLetterArn === undefined ? {} : { DeadLetterConfig: { Arn: deadLetterArn } }),
    RetryPolicy: { MaximumRetryAttempts: maxRetries, MaximumEventAgeInSeconds: maxAge },
  };
}
