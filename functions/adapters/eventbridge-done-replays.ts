import type { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { errorName } from '#shared/errors/pipeline-error.ts';
import { ReplaysUnavailable } from '#shared/errors/store-errors.ts';
import type { DoneReplay, DoneReplays } from '#shared/ports/done-replays.ts';
import { awsClient } from './aws-client.ts';

/**
 * The replays of one archive. The client is loaded when they are asked for, which is rare.
 * @param given a client with Lambda's own region and credentials by default
 */
export function eventBridgeDoneReplays(archiveArn: string, given?: EventBridgeClient): DoneReplays {
  return {
    async since(moment, signal) {
      const sdk = await import('@aws-sdk/client-eventbridge');
      const client = given ?? awsClient(sdk.EventBridgeClient);
      const found: DoneReplay[] = [];
      try {
        let NextToken: string | undefined;
        do {
          // It takes one filter only.
          const list = new sdk.ListReplaysCommand({ EventSourceArn: archiveArn, NextToken });
          const page = await client.send(list, { abortSignal: signal });
          for (const { ReplayName, State, EventEndTime } of page.Replays ?? []) {
            if (State !== 'COMPLETED' || EventEndTime === undefined || EventEndTime <= moment) continue;
            const describe = new sdk.DescribeReplayCommand({ ReplayName });
            const { EventStartTime, Destination } = await client.send(describe, { abortSignal: signal });
            if (EventStartTime === undefined) continue;
            const names = Destination?.FilterArns?.map((arn) => arn.split('/').at(-1) ?? arn) ?? [];
            found.push({
              rules: names.length > 0 ? names : undefined,
              from: EventStartTime.getTime(),
              to: EventEndTime.getTime(),
            });
          }
          NextToken = page.NextToken;
        } while (NextToken !== undefined);
      } catch (cause) {
        const reason = errorName(cause);
        throw new ReplaysUnavailable(`EventBridge did not say what was replayed: ${reason}.`, { cause });
      }
      return found;
    },
  };
}
