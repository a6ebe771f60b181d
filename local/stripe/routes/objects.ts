import { ApiError } from '../api/api-error.ts';
import type { Scope } from '../scope.ts';
import type { StripeWorld } from '../store/stripe-world.ts';
import { includedParts } from './included-parts.ts';
import type { ApiRoute } from './route.ts';

/** `GET` of any object that the stand-in has, at whatever path the API has it. */
export function objectRoutes(world: StripeWorld): readonly ApiRoute[] {
  return [
    {
      method: 'GET',
      path: /^(\/v[12]\/.+)$/,
      answer: ({ scope, query }, [path = '']) => {
        const object = world.objects.get(scope, path);
        if (!object) throw missing(world, scope, path);
        return { status: 200, body: includedParts(object, query) };
      },
    },
  ];
}

function missing(world: StripeWorld, scope: Scope, path: string): ApiError {
  const [id = '', collection = ''] = path.split('/').reverse();
  if (path.startsWith('/v2/')) return new ApiError(404, `Object not found: ${id}`, { code: 'not_found' });
  const [mine, other] = scope.livemode ? ['live', 'test'] : ['test', 'live'];
  const elsewhere = world.objects.get({ ...scope, livemode: !scope.livemode }, path)
    ? `; a similar object exists in ${other} mode, but a ${mine} mode key was used to make this request.`
    : '';
  const kind = collection.replace(/ies$/, 'y').replace(/s$/, '');
  return new ApiError(404, `No such ${kind}: '${decodeURI(id)}'${elsewhere}`, {
    code: 'resource_missing',
    param: 'id',
  });
}
