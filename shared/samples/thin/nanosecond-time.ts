import { createHash } from 'node:crypto';

/**
 * A time as API v2 writes an event's: ISO 8601 with nine digits of the second, the last six made up from the seed.
 * @param seconds Unix seconds; a fraction is kept to the millisecond
 * @returns such as `2026-08-10T16:24:41.328027017Z`
 */
export function nanosecondTime(seconds: number, seed: string): string {
  const digits = String(createHash('sha256').update(seed).digest().readUInt32BE() % 1_000_000).padStart(6, '0');
  return new Date(Math.floor(seconds * 1_000)).toISOString().replace('Z', `${digits}Z`);
}
