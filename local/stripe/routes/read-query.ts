import { ApiError } from '../api/api-error.ts';

/** The values of a list parameter in any of the ways clients write it: `types[]=a`, `types[0]=a`, `types=a`. */
export function listParameter(query: URLSearchParams, name: string): readonly string[] {
  const spelling = new RegExp(`^${name}(\\[\\d*\\])?$`);
  return [...query].flatMap(([key, value]) => (spelling.test(key) ? [value] : []));
}

/**
 * The page size.
 * @throws {ApiError} outside 1 to 100
 */
export function limitParameter(query: URLSearchParams, fallback: number): number {
  const text = query.get('limit');
  const limit = text === null ? fallback : Number(text);
  if (Number.isInteger(limit) && limit >= 1 && limit <= 100) return limit;
  throw new ApiError(400, `limit is ${text}; a whole number from 1 to 100 was expected.`, {
    code: 'parameter_invalid_integer',
    param: 'limit',
  });
}

/** Whether a time fits what the query asks of `created`. */
export type CreatedFilter = (createdMs: number) => boolean;

/**
 * Reads `created=…` and `created[gt|gte|lt|lte]=…`.
 * @param parse text to Unix milliseconds
 * @throws {ApiError} for what is not a time
 */
export function createdParameter(query: URLSearchParams, parse: (text: string) => number): CreatedFilter {
  const bound = (name: string) => {
    const text = query.get(name);
    if (text === null) return undefined;
    const time = parse(text);
    if (Number.isFinite(time)) return time;
    throw new ApiError(400, `${name} is "${text}", which is not a time.`, { code: 'parameter_invalid', param: name });
  };
  const at = bound('created');
  const [gt, gte, lt, lte] = ['gt', 'gte', 'lt', 'lte'].map((operator) => bound(`created[${operator}]`));
  return (created) =>
    (at === undefined || created === at) &&
    (gt === undefined || created > gt) &&
    (gte === undefined || created >= gte) &&
    (lt === undefined || created < lt) &&
    (lte === undefined || created <= lte);
}
