import type { Deadlines } from './run-once.ts';

/**
 * The two ends of one invocation's time, from now on, in milliseconds. Disposed of when the invocation ends, so that no
 * timer of it is left to fire into the next one when a frozen sandbox is thawed. `AbortSignal.timeout` would leave two,
 * and its bookkeeping for signals that nobody holds any more costs more than all else that the ingress does to be in time.
 */
export function beginDeadlines(workMs: number, settleMs: number): Deadlines & Disposable {
  const work = new AbortController();
  const settle = new AbortController();
  const timers = [setTimeout(expire, workMs, work, workMs), setTimeout(expire, settleMs, settle, settleMs)];
  return {
    work: work.signal,
    settle: settle.signal,
    [Symbol.dispose]: () => timers.forEach(clearTimeout),
  };
}

function expire(controller: AbortController, ms: number): void {
  controller.abort(new DOMException(`The ${ms} ms that it had are over.`, 'TimeoutError'));
}
