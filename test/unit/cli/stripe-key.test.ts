import { describe, expect, it } from 'vitest';
import { accountOfKey } from '#cli/destinations/account-of-key.ts';
import { readStripeKey } from '#cli/destinations/stripe-key.ts';
import { StripePermissionMissing } from '#shared/errors/stripe-errors.ts';
import { context } from './context.ts';

const never = new AbortController().signal;
const DEPLOYED = { isLocal: false };
const LOCAL = { isLocal: true };

function read(values: Record<string, string | boolean> = {}, target = DEPLOYED, more: Partial<typeof context> = {}) {
  return readStripeKey({ positionals: [], values }, { ...context, ...more }, target);
}

describe('the operator’s Stripe key', () => {
  it('comes from the environment, from standard input, or from a prompt that shows nothing', async () => {
    const typed = { askSecretly: () => Promise.resolve('rk_live_typed') };
    const piped = { readFile: (path: string) => Promise.resolve(path === '-' ? 'sk_test_piped\n' : '') };

    expect(await read({}, DEPLOYED, { env: { STRIPE_API_KEY: 'rk_test_env' } })).toEqual({
      text: 'rk_test_env',
      mode: 'test',
    });
    expect(await read({ 'key-stdin': true }, DEPLOYED, piped)).toEqual({ text: 'sk_test_piped', mode: 'test' });
    expect(await read({}, DEPLOYED, typed)).toEqual({ text: 'rk_live_typed', mode: 'live' });
  });

  it('is the stand-in’s own for the local runtime, in the mode asked for', async () => {
    expect(await read({}, LOCAL)).toEqual({ text: 'rk_test_local', mode: 'test' });
    expect(await read({ mode: 'live' }, LOCAL)).toEqual({ text: 'rk_live_local', mode: 'live' });
  });

  it.each<[string, Record<string, string>, string | undefined, string]>([
    ['no key', {}, undefined, 'STRIPE_API_KEY'],
    ['something else', {}, 'pk_live_123', 'no Stripe key'],
    ['a key of the other mode', { mode: 'live' }, 'rk_test_123', 'is of test mode, and --mode says live'],
    ['a mode that there is not', { mode: 'prod' }, 'rk_test_123', '--mode is live or test'],
  ])('is refused for %s, without being quoted', async (_what, values, STRIPE_API_KEY, message) => {
    const reading = read(values, DEPLOYED, { env: { STRIPE_API_KEY } });

    await expect(reading).rejects.toThrow(message);
    if (STRIPE_API_KEY !== undefined) await expect(reading).rejects.not.toThrow(STRIPE_API_KEY);
  });
});

describe('the account of the key', () => {
  const own = { account: async () => 'acct_1' };
  const silent = { account: () => Promise.reject(new StripePermissionMissing('403')) };

  it('must be the one that the configuration names, if it names one', async () => {
    expect(await accountOfKey(own, undefined, 'live', never)).toBe('acct_1');
    expect(await accountOfKey(own, 'acct_1', 'live', never)).toBe('acct_1');
    await expect(accountOfKey(own, 'acct_2', 'live', never)).rejects.toThrow('belongs to acct_1');
  });

  it('may stay unknown only where the configuration names none', async () => {
    expect(await accountOfKey(silent, undefined, 'live', never)).toBe('unknown');
    await expect(accountOfKey(silent, 'acct_1', 'live', never)).rejects.toThrow(StripePermissionMissing);
  });
});
