import { describe, expect, it } from 'vitest';
import { judgeSuites } from '../../conformance/judge-suites.ts';
import type { Suite, Verdict } from '../../conformance/suite.ts';

const saying = (outcome: Verdict['outcome']): Suite => ({
  name: outcome,
  judge: 'a judge',
  run: async () => ({ outcome, summary: `because ${outcome}` }),
});
const throwing: Suite = {
  name: 'throwing',
  judge: 'a judge',
  run: () => Promise.reject(new Error('the harness ended with status 1')),
};

async function judged(suites: readonly Suite[], isCi = false) {
  const lines: string[] = [];
  const { kept, text } = await judgeSuites(suites, { isCi, print: (line) => lines.push(line) });
  return { kept, last: text.trim(), lines };
}

describe('the suites', () => {
  it('that cannot be asked have failed with their message, and the others run all the same', async () => {
    const { kept, last, lines } = await judged([throwing, saying('agreed')]);

    expect(lines).toContain('  failed: the harness ended with status 1');
    expect(lines).toContain('  agreed: because agreed');
    expect({ kept, last }).toEqual({
      kept: false,
      last: 'Conformance: FAILED: 1 suites agreed, 0 disagreed, 1 failed, 0 skipped of 2.',
    });
  });

  it('are said one after another, though two are asked at once', async () => {
    const slow: Suite = { ...saying('agreed'), name: 'slow', run: () => asked.then(() => saying('agreed').run()) };
    const { promise: asked, resolve } = Promise.withResolvers<void>();
    const quick: Suite = { ...saying('skipped'), name: 'quick', run: () => saying('skipped').run().finally(resolve) };

    const { lines } = await judged([slow, quick]);

    expect(lines).toEqual([
      '\nquick: a judge',
      '  skipped: because skipped',
      '\nslow: a judge',
      '  agreed: because agreed',
    ]);
  });

  it('fail together where one disagrees', async () => {
    expect(await judged([saying('agreed'), saying('disagreed')])).toMatchObject({
      kept: false,
      last: 'Conformance: FAILED: 1 suites agreed, 1 disagreed, 0 failed, 0 skipped of 2.',
    });
  });

  it('may be skipped where a person reads it, and not in CI', async () => {
    const suites = [saying('agreed'), saying('skipped')];

    expect(await judged(suites)).toMatchObject({
      kept: true,
      last: 'Conformance: 1 suites agreed, 0 disagreed, 0 failed, 1 skipped of 2.',
    });
    expect(await judged(suites, true)).toMatchObject({ kept: false, last: expect.stringContaining('FAILED') });
  });
});
