import { ApiError } from '../api/api-error.ts';
import { listParameter } from './read-query.ts';

/** Most names that one request may ask for. */
const MAX_TYPES = 20;

/**
 * Reads which types are asked for: up to 20 names in `types`, or one in `type`, where `*` stands for any text.
 * @throws {ApiError} for both, or for too many
 */
export function typesParameter(query: URLSearchParams): (type: string) => boolean {
  const types = listParameter(query, 'types');
  const type = query.get('type');
  if (type !== null && types.length > 0) {
    throw new ApiError(400, 'You may only specify one of these parameters: type, types.', { param: 'types' });
  }
  if (types.length > MAX_TYPES) {
    throw new ApiError(400, `types has ${types.length} names; at most ${MAX_TYPES} are allowed.`, { param: 'types' });
  }
  if (type !== null) {
    const pattern = new RegExp(`^${type.replaceAll(/[^\w*]/g, '\\$&').replaceAll('*', '.*')}$`);
    return (name) => pattern.test(name);
  }
  return (name) => types.length === 0 || types.includes(name);
}
