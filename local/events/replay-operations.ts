import { arn } from '../assembly/account.ts';
import { AwsError } from '../aws/aws-error.ts';
import type { JsonOperation } from '../aws/json-service.ts';
import type { JsonReader } from '../json-reader.ts';
import type { InFlight } from '../observe/in-flight.ts';
import type { EventBuses } from './event-buses.ts';
import { busName } from './read-entry.ts';
import { Replay } from './replay.ts';

/** StartReplay, DescribeReplay, CancelReplay and ListReplays. */
export function replayOperations(buses: EventBuses, inFlight: InFlight): Readonly<Record<string, JsonOperation>> {
  const replays = new Map<string, Replay>();
  const find = (input: JsonReader) => {
    const replay = replays.get(input.string('ReplayName'));
    if (!replay)
      throw new AwsError('ResourceNotFoundException', `Replay ${input.string('ReplayName')} does not exist.`);
    return replay;
  };
  return {
    StartReplay: (input) => {
      const name = input.string('ReplayName');
      if (replays.has(name)) throw new AwsError('ResourceAlreadyExistsException', `Replay ${name} already exists.`);
      const replay = new Replay(readReplay(name, input, buses));
      replays.set(name, replay);
      void inFlight.during('replays', () => replay.run(buses));
      return { ReplayArn: replayArn(replay), State: replay.state, ReplayStartTime: seconds(replay.startedAt) };
    },
    DescribeReplay: (input) => {
      const replay = find(input);
      const { rules, filterArns } = replay.options;
      const bus = arn('events', `event-bus/${replay.options.archive.bus}`);
      const FilterArns = filterArns.length > 0 ? filterArns : rules.map((rule) => rule.arn);
      return { ...summary(replay), ReplayArn: replayArn(replay), Destination: { Arn: bus, FilterArns } };
    },
    CancelReplay: (input) => {
      const replay = find(input);
      if (!replay.active)
        throw new AwsError('IllegalStatusException', `Replay ${replay.options.name} is ${replay.state}.`);
      replay.cancel();
      return { ReplayArn: replayArn(replay), State: replay.state };
    },
    ListReplays: (input) => {
      const given = ['NamePrefix', 'EventSourceArn', 'State'].filter(
        (name) => input.optionalString(name) !== undefined,
      );
      if (given.length > 1) throw new AwsError('ValidationException', 'Filter parameters are exclusive.');
      const prefix = input.optionalString('NamePrefix') ?? '';
      const [source, state] = [input.optionalString('EventSourceArn'), input.optionalString('State')];
      const found = [...replays.values()].filter(
        (replay) =>
          replay.options.name.startsWith(prefix) &&
          (source === undefined || source === replay.options.archive.arn) &&
          (state === undefined || state === replay.state),
      );
      return { Replays: found.map(summary) };
    },
  };
}

function readReplay(name: string, input: JsonReader, buses: EventBuses) {
  const archive = buses.archives.find((candidate) => candidate.arn === input.string('EventSourceArn'));
  if (!archive)
    throw new AwsError('ResourceNotFoundException', `There is no archive ${input.string('EventSourceArn')}.`);
  const destination = input.object('Destination');
  if (busName(destination.string('Arn')) !== archive.bus) {
    throw new AwsError('ValidationException', 'Events can be replayed only to the bus they were archived from.');
  }
  const filterArns = destination.strings('FilterArns');
  const ofBus = buses.rules.filter((rule) => rule.bus === archive.bus);
  const rules = filterArns.length === 0 ? ofBus : ofBus.filter((rule) => filterArns.includes(rule.arn));
  if (rules.length < filterArns.length)
    throw new AwsError('ValidationException', 'FilterArns names a rule that does not exist.');
  const start = new Date(input.number('EventStartTime') * 1000);
  const end = new Date(input.number('EventEndTime') * 1000);
  if (start >= end) throw new AwsError('ValidationException', 'EventEndTime is not after EventStartTime.');
  return { name, archive, rules, filterArns, start, end };
}

function summary({ options, state, startedAt, endedAt, lastReplayed }: Replay) {
  return {
    ReplayName: options.name,
    EventSourceArn: options.archive.arn,
    State: state,
    EventStartTime: seconds(options.start),
    EventEndTime: seconds(options.end),
    ReplayStartTime: seconds(startedAt),
    ...(endedAt ? { ReplayEndTime: seconds(endedAt) } : {}),
    ...(lastReplayed ? { EventLastReplayedTime: seconds(lastReplayed) } : {}),
  };
}

function replayArn({ options }: Replay): string {
  return arn('events', `replay/${options.name}`);
}

function seconds(date: Date): number {
  return date.getTime() / 1000;
}
