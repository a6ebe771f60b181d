import {
  CancelReplayCommand,
  DescribeArchiveCommand,
  DescribeReplayCommand,
  ListReplaysCommand,
  ListRulesCommand,
  ListTargetsByRuleCommand,
  PutEventsCommand,
  StartReplayCommand,
} from '@aws-sdk/client-eventbridge';
import { PurgeQueueCommand, ReceiveMessageCommand } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { toBusEvent } from '#local/events/bus-event.ts';
import { Replay } from '#local/events/replay.ts';
import type { Runtime } from '#local/running-pipeline.ts';
import { clientsOf, startFixture } from '../start-fixture.ts';

const BUS = 'arn:aws:events:us-east-1:000000000000:event-bus/colours';
const ARCHIVE = 'arn:aws:events:us-east-1:000000000000:archive/colours';
const PAINT_RULE = 'arn:aws:events:us-east-1:000000000000:rule/colours/paint';
const NOON = new Date('2026-03-01T12:00:00Z');

const window = { name: 'long', rules: [], filterArns: [], start: NOON, end: NOON };
const entry = (n: number) => ({
  bus: 'b',
  source: 's',
  detailType: 't',
  detail: `{"n":${n}}`,
  resources: [],
  time: NOON,
});

let runtime: Runtime;
let clients: ReturnType<typeof clientsOf>;

beforeAll(async () => {
  runtime = await startFixture();
  clients = clientsOf(runtime);
  const entry = { EventBusName: 'colours', DetailType: 'red', Detail: '{"n":1}' };
  await clients.events.send(
    new PutEventsCommand({
      Entries: [
        { ...entry, Source: 'paint', Time: NOON },
        { ...entry, Source: 'paint', Time: new Date(NOON.getTime() + 60_000) },
        { ...entry, Source: 'not archived', Time: NOON },
      ],
    }),
  );
  await runtime.settled();
  await clients.sqs.send(new PurgeQueueCommand({ QueueUrl: `${runtime.awsUrl}/000000000000/untended` }));
});
afterAll(() => runtime.stop());

const replay = (ReplayName: string, change: object = {}) =>
  clients.events.send(
    new StartReplayCommand({
      ReplayName,
      EventSourceArn: ARCHIVE,
      EventStartTime: NOON,
      EventEndTime: new Date(NOON.getTime() + 60_000),
      Destination: { Arn: BUS, FilterArns: [PAINT_RULE] },
      ...change,
    }),
  );

describe('an archive', () => {
  it('keeps the events its pattern matches', async () => {
    const archive = await clients.events.send(new DescribeArchiveCommand({ ArchiveName: 'colours' }));

    expect(archive).toMatchObject({ ArchiveArn: ARCHIVE, EventSourceArn: BUS, EventCount: 2 });
  });

  it('replays the events of a window to the chosen rules, marked with the name of the replay', async () => {
    await replay('again');
    await runtime.settled();

    const receive = new ReceiveMessageCommand({
      QueueUrl: `${runtime.awsUrl}/000000000000/untended`,
      MaxNumberOfMessages: 10,
    });
    const { Messages = [] } = await clients.sqs.send(receive);
    expect(Messages.map(({ Body }) => JSON.parse(Body ?? ''))).toMatchObject([
      { 'replay-name': 'again', time: '2026-03-01T12:00:00Z', detail: { n: 1 } },
    ]);
    const described = await clients.events.send(new DescribeReplayCommand({ ReplayName: 'again' }));
    expect(described).toMatchObject({ State: 'COMPLETED', EventLastReplayedTime: NOON, EventSourceArn: ARCHIVE });
    const archive = await clients.events.send(new DescribeArchiveCommand({ ArchiveName: 'colours' }));
    expect(archive.EventCount).toBe(2);
  });

  it('stops a replay that is cancelled, and says so', async () => {
    const busEvents = [0, 1, 2].map((n) => toBusEvent(entry(n), NOON));
    const replayed: unknown[] = [];
    const long = new Replay({ ...window, archive: { arn: 'a', bus: 'b', between: () => busEvents } });

    const running = long.run({
      replay: (_bus, _rules, event) => {
        replayed.push(event);
        long.cancel();
      },
    });
    await running;

    expect(replayed).toHaveLength(1);
    expect([long.state, long.active]).toEqual(['CANCELLED', false]);
  });

  it('cannot cancel a replay that has ended', async () => {
    await replay('ended');
    await runtime.settled();

    const { Replays } = await clients.events.send(new ListReplaysCommand({ NamePrefix: 'ended' }));
    const cancel = clients.events.send(new CancelReplayCommand({ ReplayName: 'ended' }));

    await expect(cancel).rejects.toMatchObject({ name: 'IllegalStatusException' });
    expect(Replays).toMatchObject([{ ReplayName: 'ended', State: 'COMPLETED' }]);
  });

  it.each([
    ['a name twice', 'twice', {}, 'ResourceAlreadyExistsException'],
    ['another bus', 'r1', { Destination: { Arn: `${BUS}-2` } }, 'ValidationException'],
    ['a rule that does not exist', 'r2', { Destination: { Arn: BUS, FilterArns: ['nobody'] } }, 'ValidationException'],
    ['an archive that does not exist', 'r3', { EventSourceArn: 'nobody' }, 'ResourceNotFoundException'],
    ['a window that ends before it starts', 'r4', { EventEndTime: new Date(0) }, 'ValidationException'],
  ])('refuses a replay with %s', async (_what, name, change, error) => {
    if (name === 'twice') await replay(name);

    await expect(replay(name, change)).rejects.toMatchObject({ name: error });
    await runtime.settled();
  });
});

describe('the bus', () => {
  it('lists its rules and their targets', async () => {
    const { Rules } = await clients.events.send(new ListRulesCommand({ EventBusName: BUS, NamePrefix: 'p' }));
    const ask = new ListTargetsByRuleCommand({ EventBusName: 'colours', Rule: 'paint' });
    const { Targets } = await clients.events.send(ask);

    expect(Rules).toMatchObject([{ Name: 'paint', Arn: PAINT_RULE, State: 'ENABLED' }]);
    expect(Targets?.map(({ Arn }) => Arn)).toEqual(['arn:aws:sqs:us-east-1:000000000000:untended']);
  });
});
