import { createHash } from 'node:crypto';

/** Stripe takes no longer key, and most other services take as much. */
const MAX_LENGTH = 255;
/** Hexadecimal digits of a SHA-256, and the mark before them. */
const HASH_LENGTH = 65;

/**
 * The key of one piece of work on one event: readable where it fits into a header, and otherwise its beginning and a
 * hash of all of it, so that two works with long names never share one.
 * @param event Stripe's id
 * @param work names that together no other work has: a domain and its reaction
 * @returns printable ASCII, at most 255 characters
 */
export function idempotencyKey(event: string, ...work: readonly string[]): string {
  const full = [event, ...work].join('/');
  if (full.length <= MAX_LENGTH && /^[!-~]*$/.test(full)) return full;
  const start = full.replace(/[^!-~]/g, '_').slice(0, MAX_LENGTH - HASH_LENGTH);
  return `${start}#${createHash('sha256').update(full, 'utf16le').digest('hex')}`;
}
