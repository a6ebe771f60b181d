import { createHash } from 'node:crypto';

/**
 * A name for a signing secret that says nothing of it: the first 16 hex digits of its SHA-256. Secrets are random and
 * long, so nobody finds one by its fingerprint.
 */
export function secretFingerprint(secret: string): string {
  return createHash('sha256').update(secret).digest('hex').slice(0, 16);
}
