import { expect, it } from 'vitest';
import { findLists } from '#functions/reconciler/find-lists.ts';
import { reconcilerWorld } from './reconciler-fakes.ts';

it('of more connected accounts than one invocation can list, the newest are compared, and it is said', async () => {
  await using world = await reconcilerWorld({
    destinations: [{ name: 'connect', mode: 'test', payload: 'snapshot', accounts: 'connected' }],
  });
  for (const one of world.wanted) await world.connect(one);
  let made = 0;
  const { request } = world.ports.stripe;
  Object.assign(world.ports.stripe, {
    request: async (...args: Parameters<typeof request>) => {
      if (!args[0].path.startsWith('/v1/accounts')) return request.apply(world.ports.stripe, args);
      const data = Array.from({ length: 100 }, (_, n) => ({ id: `acct_${made + n}` }));
      made += data.length;
      return { status: 200, text: '', value: { data, has_more: true } };
    },
  });

  const { lists, failed } = await findLists(world.ports, undefined, new Map(), new AbortController().signal);

  // And that of what Stripe failed to make.
  expect(lists).toHaveLength(30_001);
  expect(failed).toMatchObject([{ list: 'test#accounts', code: 'too_many_accounts' }]);
  expect(made).toBe(30_100);
});
