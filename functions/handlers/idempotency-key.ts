import { createHash } from 'node:crypto';

/** Stripe takes no longer key, and most other services take as much. */
const MAX_LENGTH = 255;
/** Hexadecimal digits of a SHA-256, and the mark before them. */
const HASH_LENGTH = 65;

/**
 * The key of one reaction to one event: readable where it fits into a header, and otherwise its beginning and a hash of
 * all of it, so that two reactions with long names never share one.
 * @returns printable ASCII, at most 255 characters
 */
export function idempotencyKey(event: string, domain: string, reaction: string): string {
  const full = `${event}/${domain}/${reaction}`;
  if (full.length <= MAX_LENGTH && /^[!-~]*$/.test(full)) return full;
  const start = full.replace(/[^!-~]/g, '_').slice(0, MAX_LENGTH - HASH_LENGTH);
  return `${start}#${createHash('sha256').update(full, 'utf16le').digest('hex')}`;
}
