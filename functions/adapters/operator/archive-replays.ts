import {
  CancelReplayCommand,
  DescribeArchiveCommand,
  DescribeReplayCommand,
  type EventBridgeClient,
  StartReplayCommand,
} from '@aws-sdk/client-eventbridge';

/** How far a replay is. Times are Unix milliseconds. */
export interface ReplayState {
  readonly state: string;
  readonly reason?: string;
  /** Time of the last event replayed. */
  readonly lastReplayed?: number;
}

export interface ReplayOrder {
  readonly name: string;
  readonly archive: string;
  readonly busArn: string;
  /** The rules that get the events again; none means all. */
  readonly ruleArns: readonly string[];
  /** Unix milliseconds. */
  readonly from: number;
  readonly to: number;
}

export async function startReplay(client: EventBridgeClient, order: ReplayOrder): Promise<void> {
  const { ArchiveArn } = await client.send(new DescribeArchiveCommand({ ArchiveName: order.archive }));
  await client.send(
    new StartReplayCommand({
      ReplayName: order.name,
      EventSourceArn: ArchiveArn,
      EventStartTime: new Date(order.from),
      EventEndTime: new Date(order.to),
      Destination: { Arn: order.busArn, FilterArns: [...order.ruleArns] },
    }),
  );
}

export async function replayState(client: EventBridgeClient, name: string): Promise<ReplayState> {
  const found = await client.send(new DescribeReplayCommand({ ReplayName: name }));
  return {
    state: found.State ?? '',
    ...(found.StateReason === undefined ? {} : { reason: found.StateReason }),
    ...(found.EventLastReplayedTime === undefined ? {} : { lastReplayed: found.EventLastReplayedTime.getTime() }),
  };
}

/** What has been replayed stays replayed. */
export async function cancelReplay(client: EventBridgeClient, name: string): Promise<void> {
  await client.send(new CancelReplayCommand({ ReplayName: name }));
}
