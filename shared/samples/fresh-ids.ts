import { createHash } from 'node:crypto';

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

/**
 * An id as Stripe's look, the same for the same seed.
 * @param prefix with its underscore: `evt_`; may be empty
 * @param seed any text
 * @param length letters and digits after the prefix, 1 to 32
 */
export function freshId(prefix: string, seed: string, length = 24): string {
  const bytes = createHash('sha256').update(`${prefix}\0${seed}`).digest().subarray(0, length);
  return prefix + Array.from(bytes, (byte) => ALPHABET.charAt(byte % ALPHABET.length)).join('');
}

/**
 * A copy in which every text that is or holds the old id has the new one instead: the object's own `id`, and what its
 * parts say about it (`lines.url`, `client_secret`, …).
 */
export function replaceId<T>(value: T, from: string, to: string): T;
export function replaceId(value: unknown, from: string, to: string): unknown {
  if (typeof value === 'string') return value.replaceAll(from, to);
  if (Array.isArray(value)) return value.map((item) => replaceId(item, from, to));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, replaceId(item, from, to)]));
}
