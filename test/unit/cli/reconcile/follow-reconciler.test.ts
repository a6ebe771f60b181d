import { describe, expect, it } from 'vitest';
import { OperatorFault } from '#cli/operator-fault.ts';
import { followReconciler } from '#cli/reconcile/follow-reconciler.ts';
import type { Invoked } from '#functions/adapters/operator/invoke-function.ts';
import { NOTHING_COUNTED, type ReconcileReport } from '#shared/reconcile/reconcile-report.ts';
import { context } from '../context.ts';

const REPORT: ReconcileReport = {
  ...NOTHING_COUNTED,
  outcome: 'done',
  lists: 1,
  listsOf: 1,
  failed: [],
  withoutKey: [],
  suchAs: [],
};
const answered = (more: Partial<ReconcileReport>): Invoked => ({ outcome: 'answered', value: { ...REPORT, ...more } });
const FAILED: Invoked = { outcome: 'failed', what: 'the thread ended' };

/** Follows a reconciler that answers so, in this order. */
async function follow(answers: readonly Invoked[], signal = context.signal) {
  const left = [...answers];
  const waits: number[] = [];
  const invoke = async () => left.shift() ?? FAILED;
  const here = { ...context, signal, pause: async (ms: number) => void waits.push(ms) };
  const report = await followReconciler(invoke, 'fanout reconcile', here);
  return { report, waits, left };
}

describe('the command that follows the reconciler', () => {
  it('invokes it again until all is compared, and names what any invocation found', async () => {
    const { report, left } = await follow([
      answered({ outcome: 'more', suchAs: ['evt_1'] }),
      answered({ outcome: 'busy' }),
      answered({ outcome: 'done', looked: 7, suchAs: ['evt_1', 'evt_2'] }),
      FAILED,
    ]);

    expect(report).toMatchObject({ outcome: 'done', looked: 7, suchAs: ['evt_1', 'evt_2'] });
    expect(left).toHaveLength(1);
  });

  it('goes on after an invocation that died, and gives up after three in a row', async () => {
    const { report } = await follow([FAILED, FAILED, answered({ outcome: 'more' }), FAILED, FAILED, answered({})]);

    expect(report.outcome).toBe('done');
    await expect(follow([FAILED, FAILED, FAILED, answered({})])).rejects.toThrow(
      /fails: the thread ended\. fanout reconcile goes on/,
    );
  });

  it('stops when it is asked to, and says how to go on', async () => {
    await expect(follow([answered({})], AbortSignal.abort())).rejects.toThrow(OperatorFault);
  });

  it('does not take the answer of another version for one', async () => {
    await expect(follow([{ outcome: 'answered', value: { looked: 7 } }])).rejects.toThrow('another version');
  });
});
