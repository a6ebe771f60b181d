import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { describe, expect, it, onTestFinished } from 'vitest';
import { eventBridgeDoneReplays } from '#functions/adapters/eventbridge-done-replays.ts';
import { ReplaysUnavailable } from '#shared/errors/store-errors.ts';
import { type Answers, fakeAws } from '../cli/fake-aws.ts';

const ARCHIVE = 'arn:aws:events:eu-west-1:1:archive/stripe-fanout-prod';
const RULE = 'arn:aws:events:eu-west-1:1:rule/stripe-fanout-prod/stripe-fanout-prod-Invoice';
/** Unix seconds. */
const [FROM, TO] = [1_795_000_000, 1_795_010_000];
const row = (ReplayName: string, State = 'COMPLETED', EventEndTime = TO) => ({ ReplayName, State, EventEndTime });

async function replaysOf(answers: Answers) {
  const { endpoint, calls } = await fakeAws(answers);
  const client = new EventBridgeClient({ endpoint, maxAttempts: 1 });
  onTestFinished(() => client.destroy());
  const since = new Date((FROM + 1) * 1000);
  return { calls, found: eventBridgeDoneReplays(ARCHIVE, client).since(since, AbortSignal.timeout(5_000)) };
}

describe('the replays that are done', () => {
  it('are those of the archive that came to their end, over all pages, with their rules', async () => {
    const { calls, found } = await replaysOf({
      ListReplays: ({ NextToken }) =>
        NextToken === undefined
          ? { NextToken: 'more', Replays: [row('some'), row('cancelled', 'CANCELLED'), row('old', 'COMPLETED', FROM)] }
          : { Replays: [row('all')] },
      DescribeReplay: ({ ReplayName }) => ({
        EventStartTime: FROM,
        EventEndTime: TO,
        Destination: { FilterArns: ReplayName === 'all' ? [] : [RULE] },
      }),
    });
    const times = { from: FROM * 1000, to: TO * 1000 };

    expect(await found).toEqual([
      { rules: ['stripe-fanout-prod-Invoice'], ...times },
      { rules: undefined, ...times },
    ]);
    // EventBridge takes one filter of a list.
    expect(calls.filter(({ operation }) => operation === 'ListReplays').map(({ input }) => Object.keys(input))).toEqual(
      [['EventSourceArn'], ['EventSourceArn', 'NextToken']],
    );
  });

  it('are not taken for none when EventBridge does not say', async () => {
    await expect((await replaysOf({})).found).rejects.toThrow(ReplaysUnavailable);
  });
});
