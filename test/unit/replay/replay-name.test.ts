import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { asksFor, replayName } from '#shared/replay/replay-name.ts';

const NOW = Date.parse('2026-11-24T03:00:00.123Z');

describe("a replay's name", () => {
  it('is one that EventBridge takes, and unlike any other, whatever the reaction is called', () => {
    fc.assert(
      fc.property(fc.option(fc.string(), { nil: undefined }), (reaction) => {
        expect(replayName(NOW, reaction)).toMatch(/^[.\-_A-Za-z0-9]{1,64}$/);
      }),
    );
    expect(replayName(NOW)).not.toBe(replayName(NOW + 1));
  });

  it('asks for the one reaction it was made for, and one without for none', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (asked, other) => {
        fc.pre(asked !== other);
        expect(asksFor(replayName(NOW, asked), asked)).toBe(true);
        expect(asksFor(replayName(NOW, asked), other)).toBe(false);
        expect(asksFor(replayName(NOW), asked)).toBe(false);
      }),
    );
  });
});
