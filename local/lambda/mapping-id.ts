import { createHash } from 'node:crypto';
import { arn } from '../assembly/account.ts';
import type { EventSource } from './event-source.ts';

/** The id of an event-source mapping: the same in each run, so that a person can use it again. */
export function mappingId(source: EventSource): string {
  const hash = createHash('sha256')
    .update(arn('lambda', `${source.function.name}/${source.queue.name}`))
    .digest('hex');
  return [hash.slice(0, 8), hash.slice(8, 12), hash.slice(12, 16), hash.slice(16, 20), hash.slice(20, 32)].join('-');
}
