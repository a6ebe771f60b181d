import { describe, expect, it } from 'vitest';
import { SecretDocument } from '#shared/destinations/secret-document.ts';

const OURS = { id: 'ed_1', destination: 'account', mode: 'test' } as const;

describe('the document of signing secrets', () => {
  it('keeps what it does not know: secrets put in by hand, and the placeholder', () => {
    const document = new SecretDocument('{"_placeholder":"x","account":["whsec_hand"],"connect":["whsec_c"]}');

    expect(JSON.parse(document.with(OURS, 'whsec_new').text)).toMatchObject({
      _placeholder: 'x',
      account: ['whsec_hand', 'whsec_new'],
      connect: ['whsec_c'],
    });
  });

  it('knows whose a secret is, and says nothing of it in its own bookkeeping', () => {
    const document = new SecretDocument('{}').with(OURS, 'whsec_new');

    expect(document.fingerprintOf('ed_1', 'account')).toMatch(/^[0-9a-f]{16}$/);
    expect(document.fingerprintOf('ed_2', 'account')).toBeUndefined();
    expect(document.strangersOf('account')).toBe(0);
    expect(document.ownersIn('test')).toEqual([OURS]);
    expect(document.ownersIn('live')).toEqual([]);
    expect(JSON.stringify(JSON.parse(document.text)._owners)).not.toContain('whsec_');
  });

  it('does the same change twice as if it were once', () => {
    const once = new SecretDocument('{}').with(OURS, 'whsec_new');

    expect(once.with(OURS, 'whsec_new').text).toBe(once.text);
    expect(once.without(OURS).without(OURS).text).toBe(once.without(OURS).text);
    expect(once.awaiting('f').awaiting('f').text).toBe(once.awaiting('f').text);
    expect(once.awaiting('f').awaitingNoLonger('f').awaitingNoLonger('f').text).toBe(
      once.awaiting('f').awaitingNoLonger('f').text,
    );
  });

  it('takes away the secret of one owner and no other', () => {
    const document = new SecretDocument('{"account":["whsec_hand"]}')
      .with(OURS, 'whsec_1')
      .with({ ...OURS, id: 'ed_2' }, 'whsec_2');

    const without = document.without(OURS);

    expect(without.secretsOf('account')).toEqual(['whsec_hand', 'whsec_2']);
    expect(without.fingerprintOf('ed_2', 'account')).toBeDefined();
    expect(without.strangersOf('account')).toBe(1);
  });

  it('keeps the secret that was rolled until it is taken away, however often the new one is given', () => {
    const rolled = new SecretDocument('{}').with(OURS, 'whsec_1').with(OURS, 'whsec_2').with(OURS, 'whsec_2');

    expect(rolled.secretsOf('account')).toEqual(['whsec_1', 'whsec_2']);
    expect(rolled.strangersOf('account')).toBe(0);
    expect(rolled.withoutPrevious(OURS).secretsOf('account')).toEqual(['whsec_2']);
    expect(rolled.withoutPrevious(OURS).previousOf('ed_1')).toBeUndefined();
  });

  it('forgets an owner whose secret somebody has overwritten by hand', () => {
    const { text } = new SecretDocument('{}').with(OURS, 'whsec_1');
    const overwritten = new SecretDocument(JSON.stringify({ ...JSON.parse(text), account: ['whsec_hand'] }));

    expect(overwritten.fingerprintOf('ed_1', 'account')).toBeUndefined();
  });

  it('quotes nothing of a text that it cannot read', () => {
    expect(() => new SecretDocument('whsec_secret')).toThrow('not a JSON object');
    expect(() => new SecretDocument('whsec_secret')).not.toThrow('whsec_secret');
  });
});
