import type { ApiCall } from '../api/api-call.ts';
import { OWN_ACCOUNT } from '../scope.ts';
import type { StripeWorld } from '../store/stripe-world.ts';
import { limitParameter } from './read-query.ts';
import type { ApiRoute } from './route.ts';

/** `GET /v1/account`: whom the key belongs to; `GET /v1/accounts`: the connected accounts that events were of. */
export function accountRoutes({ connected }: StripeWorld): readonly ApiRoute[] {
  return [
    {
      method: 'GET',
      path: /^\/v1\/account$/,
      answer: ({ scope }) => ({ status: 200, body: account(scope.account ?? OWN_ACCOUNT) }),
    },
    { method: 'GET', path: /^\/v1\/accounts$/, answer: (call) => list(connected(call.scope.livemode), call) },
  ];
}

function list(ids: readonly string[], { query }: ApiCall) {
  const limit = limitParameter(query, 10);
  const after = query.get('starting_after');
  const start = after === null ? 0 : ids.indexOf(after) + 1;
  const data = ids.slice(start, start + limit).map(account);
  return { status: 200, body: { object: 'list', url: '/v1/accounts', has_more: start + limit < ids.length, data } };
}

function account(id: string) {
  return { id, object: 'account', type: 'standard' };
}
