import { describe, expect, it } from 'vitest';
import { Holding } from '#cli/dead-letters/holding.ts';
import type { DeadLetter } from '#shared/operations/dead-letter.ts';
import type { OperatorQueues } from '#shared/operations/operator-queues.ts';

function letter(messageId: string, receiptHandle = messageId): DeadLetter {
  return { messageId, receiptHandle, body: '', attributes: {}, sentAt: 0 };
}

/** A queue that answers each receive with the next of these, and then with nothing. */
function queue(...answers: readonly (readonly DeadLetter[])[]) {
  const returned: string[] = [];
  const remaining = [...answers];
  const queues: Pick<OperatorQueues, 'receive' | 'putBack'> = {
    receive: async () => remaining.shift() ?? [],
    putBack: async (_url, handles) => void returned.push(...handles),
  };
  return { queues: queues as OperatorQueues, returned, remaining };
}

async function collect(holding: Holding): Promise<string[]> {
  const batches = await Array.fromAsync(holding.batches());
  return batches.flat().map(({ messageId }) => messageId);
}

describe('messages held for a while', () => {
  it('are each given once, also when they come back into sight, and put back with their latest handle', async () => {
    const { queues, returned } = queue([letter('a'), letter('b')], [letter('a', 'a again'), letter('c')]);
    const holding = new Holding({ queues, url: 'q', hideSeconds: 1, signal: new AbortController().signal });

    const given = await collect(holding);
    await holding.putBack();

    expect(given).toEqual(['a', 'b', 'c']);
    expect(returned).toEqual(['a again', 'b', 'c']);
  });

  it('are not put back once they are forgotten', async () => {
    const { queues, returned } = queue([letter('a'), letter('b')]);
    const holding = new Holding({ queues, url: 'q', hideSeconds: 1, signal: new AbortController().signal });

    for await (const batch of holding.batches()) for (const one of batch.slice(1)) holding.forget(one);
    await holding.putBack();

    expect(returned).toEqual(['a']);
  });

  it('end when the queue shows nothing but what is known, for ever', async () => {
    const { queues, remaining } = queue([letter('a')], ...Array.from({ length: 100 }, () => [letter('a')]));
    const holding = new Holding({ queues, url: 'q', hideSeconds: 0, signal: new AbortController().signal });

    expect(await collect(holding)).toEqual(['a']);
    expect(remaining.length).toBeGreaterThan(90);
  });
});
