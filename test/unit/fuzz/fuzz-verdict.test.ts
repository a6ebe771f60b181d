import { describe, expect, it } from 'vitest';
import { fuzzVerdict, STRICTER } from '../../fuzz/fuzz-verdict.ts';

const MIB = 2 ** 20;
const tally = {
  requests: 30,
  answers: new Map([
    ['400 signature_mismatch', 10],
    ['200 accepted', 20],
  ]),
  stricter: new Map([['body_not_json', 3]]),
  byReference: 5,
  signedForOther: 4,
  growth: 4 * MIB,
};
const last = (text: string) => text.split('\n').at(-1);

describe('the verdict on a run of the fuzz', () => {
  it('counts the answers, the most frequent first, and ends with what was kept', () => {
    const { kept, text } = fuzzVerdict(tally);

    expect(kept).toBe(true);
    expect(text.split('\n')).toEqual([
      '200 accepted: 20',
      '400 signature_mismatch: 10',
      'stricter than stripe-node by design, body_not_json: 3',
      'too large for the bus, published by reference: 5',
      'signed with a secret of the other destination, refused: 4',
      'Fuzz: 30 requests, 0 answered 5xx, 0 thrown, 0 accepted that stripe-node refuses; memory 4.0 MiB more at the end than after a tenth (bound 4.0).',
    ]);
  });

  it('is FAILED in the last line of a run as large as in CI, where it never met a refusal that is stricter by design', () => {
    const met = new Map([...STRICTER].map((code) => [code, 1]));
    const missed = new Map([...met].filter(([code]) => code !== 'body_too_large'));

    expect(fuzzVerdict({ ...tally, requests: 20_000, stricter: met }).kept).toBe(true);
    const { kept, text } = fuzzVerdict({ ...tally, requests: 20_000, stricter: missed });

    expect(kept).toBe(false);
    expect(last(text)).toMatch(/^Fuzz: FAILED: none of 20000 requests .* was refused with body_too_large;/);
  });

  it('is FAILED in the last line where no event was too large for the bus', () => {
    const { kept, text } = fuzzVerdict({ ...tally, byReference: 0 });

    expect(kept).toBe(false);
    expect(last(text)).toMatch(/^Fuzz: FAILED: no event was published by reference/);
  });

  it('is FAILED in the last line where memory grew, or was not measured', () => {
    for (const growth of [4 * MIB + 1, Number.NaN]) {
      const { kept, text } = fuzzVerdict({ ...tally, growth });

      expect(kept).toBe(false);
      expect(last(text)).toMatch(/^Fuzz: FAILED: memory is .* larger at the end of 30 requests/);
    }
  });

  it('is FAILED in the last line where no request was accepted, for then little was tried', () => {
    const { kept, text } = fuzzVerdict({ ...tally, requests: 1, answers: new Map([['400 signature_mismatch', 1]]) });

    expect(kept).toBe(false);
    expect(last(text)).toMatch(/^Fuzz: FAILED: none of 1 requests was accepted.*give more --inputs\.$/);
  });

  it('is FAILED in the last line where no secret of the wrong destination was tried', () => {
    const { kept, text } = fuzzVerdict({ ...tally, signedForOther: 0 });

    expect(kept).toBe(false);
    expect(last(text)).toMatch(/^Fuzz: FAILED: none of 30 requests was refused for being signed with a secret of the/);
  });
});
