import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { beginDeadlines } from '#shared/ledger/begin-deadlines.ts';

describe('the deadlines of an invocation', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('end one after the other, each with what it was', () => {
    using deadlines = beginDeadlines(6_000, 8_000);

    vi.advanceTimersByTime(6_000);
    expect([deadlines.work.aborted, deadlines.settle.aborted]).toEqual([true, false]);
    expect(deadlines.work.reason).toMatchObject({ name: 'TimeoutError', message: 'The 6000 ms that it had are over.' });
    vi.advanceTimersByTime(2_000);
    expect(deadlines.settle.aborted).toBe(true);
  });

  it('leave no timer behind when the invocation ends', () => {
    {
      using _deadlines = beginDeadlines(6_000, 8_000);
      expect(vi.getTimerCount()).toBe(2);
    }
    expect(vi.getTimerCount()).toBe(0);
  });
});
