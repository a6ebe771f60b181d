import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { newMessage } from '#local/sqs/new-message.ts';
import { Queue } from '#local/sqs/queue.ts';

let queue: Queue;
beforeEach(() => {
  vi.useFakeTimers();
  queue = new Queue({
    name: 'work',
    arn: 'arn:work',
    url: 'http://work',
    attributes: new Map(),
    deadLetter: () => false,
    onChange: () => undefined,
  });
  queue.enqueue(newMessage('{}'));
});
afterEach(() => {
  queue.purge();
  vi.useRealTimers();
});

/** Receives the message, hidden for so many milliseconds. @returns its receipt handle */
const receive = (visibility: number) => queue.receive(1, visibility)[0]?.handle ?? '';
const isVisible = () => queue.depth().visible === 1;

describe('a message that an invocation works on', () => {
  it('stays hidden for as long as that takes, and then for what is left of its visibility', () => {
    const handle = receive(50);
    queue.hold(handle);
    vi.advanceTimersByTime(60_000);
    expect(isVisible()).toBe(false);

    queue.letGo(handle, 20);
    vi.advanceTimersByTime(19);
    expect(isVisible()).toBe(false);
    vi.advanceTimersByTime(1);
    expect(isVisible()).toBe(true);
  });

  it('is seen again when the function itself has said so', () => {
    const handle = receive(50);
    queue.hold(handle);
    queue.changeVisibility(handle, 10);

    vi.advanceTimersByTime(10);

    expect(isVisible()).toBe(true);
  });

  it('is not let go by who had it before', () => {
    const first = receive(50);
    queue.hold(first);
    queue.changeVisibility(first, 10);
    vi.advanceTimersByTime(10);
    queue.hold(receive(50));

    queue.letGo(first, 0);

    expect(isVisible()).toBe(false);
  });
});
