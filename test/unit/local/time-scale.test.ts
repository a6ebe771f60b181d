import { describe, expect, it } from 'vitest';
import { TimeScale } from '#local/time-scale.ts';

describe('the time scale', () => {
  it('divides waiting, down to nothing', () => {
    expect(new TimeScale(60).wait(90)).toBe(1500);
    expect(new TimeScale(3600).wait(1)).toBe(0);
    expect(new TimeScale(1).wait(2.5)).toBe(2500);
  });

  it("leaves a queue's own visibility at two seconds or more, unless the queue says less", () => {
    expect(new TimeScale(100).visibility(60)).toBe(2000);
    expect(new TimeScale(10).visibility(60)).toBe(6000);
    expect(new TimeScale(100).visibility(1)).toBe(1000);
    expect(new TimeScale(1).visibility(60)).toBe(60_000);
  });

  it.each([0, -1, 3601, Number.NaN])('refuses the factor %s', (factor) => {
    expect(() => new TimeScale(factor)).toThrow(RangeError);
  });
});
