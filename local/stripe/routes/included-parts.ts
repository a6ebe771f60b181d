import { isRecord } from '#shared/event/stripe-event.ts';
import { listParameter } from './read-query.ts';

/** Parts of an account that API v2 answers only to those who name them in `include`. */
const ON_REQUEST = ['configuration', 'defaults', 'future_requirements', 'identity', 'requirements'];

/**
 * An object as API v2 answers it: an account without the parts that `include` does not name. One configuration of an
 * account is named as `configuration.merchant`.
 */
export function includedParts(
  object: Readonly<Record<string, unknown>>,
  query: URLSearchParams,
): Readonly<Record<string, unknown>> {
  if (object.object !== 'v2.core.account' || object.deleted === true) return object;
  const names = listParameter(query, 'include');
  const parts = ON_REQUEST.map((part) => [part, names.includes(part) ? object[part] : null]);
  const { configuration } = object;
  const chosen = names.flatMap((name) => {
    const [part, kind = ''] = name.split('.');
    return part === 'configuration' && isRecord(configuration) && kind ? [[kind, configuration[kind]]] : [];
  });
  const answer = { ...object, ...Object.fromEntries(parts) };
  return chosen.length === 0 ? answer : { ...answer, configuration: Object.fromEntries(chosen) };
}
