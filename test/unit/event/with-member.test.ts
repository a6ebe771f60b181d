import { describe, expect, it } from 'vitest';
import { withMember } from '#shared/event/with-member.ts';

describe('a member that is set', () => {
  it('comes last where it is new, and every other byte stays', () => {
    const text = '{ "id": "evt_1",\n  "amount": 12345678901234567890, "data": {"account": "inner"} }';

    expect(withMember(text, 'account', '"acct_1"')).toBe(`${text.slice(0, -1)},"account":"acct_1"}`);
  });

  it('keeps its place where it is there, and the text of all others', () => {
    const text = '{"id": "evt_1", "context" : null, "amount": 1.0, "note": "\\u00e9, {"}';

    expect(withMember(text, 'context', '"acct_1"')).toBe(
      '{"id":"evt_1","context":"acct_1","amount":1.0,"note":"\\u00e9, {"}',
    );
  });
});
