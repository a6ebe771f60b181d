import { describe, expect, it } from 'vitest';
import type { DeadLetterSource } from '#cli/dead-letters/dead-letter-source.ts';
import type { Examined } from '#cli/dead-letters/examined.ts';
import { type MoveOptions, moveChosen } from '#cli/dead-letters/move-chosen.ts';
import type { LockNote, OperatorLock } from '#shared/operations/operator-lock.ts';
import type { Sent } from '#shared/operations/operator-queues.ts';
import { context } from './context.ts';

const NOW = context.now();

function letter(event: string, sentAt = 0): Examined {
  const message = { messageId: `${event}@${sentAt}`, receiptHandle: event, body: '', attributes: {}, sentAt };
  return { event, type: 'invoice.paid', message, reason: { code: 'unexpected_error', message: '' } };
}

/** A source that remembers what was taken from it, and in which order with the deliveries. */
class MemorySource implements DeadLetterSource {
  readonly steps: string[] = [];
  readonly failing = new Set<string>();
  closed = false;
  readonly #batches: readonly (readonly Examined[])[];

  constructor(...batches: readonly (readonly Examined[])[]) {
    this.#batches = batches;
  }

  async *batches() {
    yield* this.#batches;
  }

  async remove({ event }: Examined) {
    if (this.failing.has(event)) throw new Error('no answer');
    this.steps.push(`remove ${event}`);
  }

  async close() {
    this.closed = true;
    return 0;
  }
}

class MemoryLock implements OperatorLock {
  readonly notes: LockNote[] = [];
  isLost = false;

  async take() {
    return { outcome: 'taken' as const };
  }

  async note(_domain: string, _token: string, note: LockNote) {
    this.notes.push(note);
    return !this.isLost;
  }

  async release() {
    // Nobody else is there.
  }
}

function options(source: MemorySource, more: Partial<MoveOptions> = {}): MoveOptions {
  return {
    lock: new MemoryLock(),
    owner: 'billing',
    open: async () => source,
    filter: { chooses: () => true },
    rate: 500,
    limit: Number.POSITIVE_INFINITY,
    expected: 0,
    what: 'a redrive',
    deliver: async ({ event }): Promise<Sent> => {
      source.steps.push(`send ${event}`);
      return { outcome: 'sent' };
    },
    ...more,
  };
}

describe('moving chosen messages', () => {
  it('sends each before it removes it, and notes those of a batch before it touches any', async () => {
    const source = new MemorySource([letter('evt_1'), letter('evt_2')]);
    const lock = new MemoryLock();

    const moved = await moveChosen(options(source, { lock }), context);

    expect(source.steps).toEqual(['send evt_1', 'remove evt_1', 'send evt_2', 'remove evt_2']);
    expect(lock.notes).toEqual([
      { moved: 0, inHand: ['evt_1', 'evt_2'] },
      { moved: 2, inHand: [] },
    ]);
    expect(moved).toMatchObject({ moved: 2, left: 0, complete: true });
  });

  it('keeps what was refused, and what nobody knows the outcome of', async () => {
    const outcomes: Record<string, Sent> = {
      evt_refused: { outcome: 'refused', reason: 'too long' },
      evt_silent: { outcome: 'unknown', reason: 'timeout' },
    };
    const source = new MemorySource(['evt_refused', 'evt_silent', 'evt_kept', 'evt_fine'].map((id) => letter(id)));
    source.failing.add('evt_kept');

    const deliver = async ({ event }: Examined): Promise<Sent> => outcomes[event] ?? { outcome: 'sent' };
    const moved = await moveChosen(options(source, { deliver }), context);

    expect(source.steps).toEqual(['remove evt_fine']);
    expect(moved).toMatchObject({
      moved: 1,
      refused: [{ event: 'evt_refused', reason: 'too long' }],
      unknown: ['evt_silent', 'evt_kept'],
    });
  });

  it('leaves a message that came back, and moves an older copy of the same event', async () => {
    const source = new MemorySource([letter('evt_1')], [letter('evt_1', NOW)], [letter('evt_1', 1)]);

    const moved = await moveChosen(options(source), context);

    expect(moved).toMatchObject({ moved: 2, cameBack: 1 });
  });

  it('stops at the limit, and counts what may have been moved towards it', async () => {
    const source = new MemorySource(['evt_1', 'evt_2', 'evt_3'].map((id) => letter(id)));
    source.failing.add('evt_1');

    const moved = await moveChosen(options(source, { limit: 2 }), context);

    expect(moved).toMatchObject({ moved: 1, unknown: ['evt_1'], left: 1 });
  });

  it('touches nothing once someone else has the lock, and puts back what it held', async () => {
    const source = new MemorySource([letter('evt_1')]);
    const lock = new MemoryLock();
    lock.isLost = true;

    await expect(moveChosen(options(source, { lock }), context)).rejects.toThrow('another one took over');

    expect(source).toMatchObject({ steps: [], closed: true });
  });

  it('ends in order when it is asked to stop', async () => {
    const stopping = new AbortController();
    const source = new MemorySource([letter('evt_1'), letter('evt_2')]);

    const deliver = async (): Promise<Sent> => {
      stopping.abort();
      return { outcome: 'sent' };
    };
    const moved = await moveChosen(options(source, { deliver }), { ...context, signal: stopping.signal });

    expect(source.steps).toEqual(['remove evt_1']);
    expect(moved).toMatchObject({ moved: 1, left: 1, complete: false });
  });
});
