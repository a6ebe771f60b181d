import { createHash } from 'node:crypto';
import { PayloadLost } from '../errors/store-errors.ts';
import type { PayloadReference } from './fanout.ts';

/**
 * The text that a reference refers to.
 * @throws {PayloadLost} these are not the bytes it names
 */
export function verifiedPayload(bytes: Buffer, reference: PayloadReference): string {
  const hash = sha256(bytes);
  if (bytes.length === reference.bytes && hash === reference.sha256) return bytes.toString('utf8');
  throw new PayloadLost(
    `The object ${reference.key} has ${bytes.length} bytes with SHA-256 ${hash}; the reference names ${reference.bytes} bytes with ${reference.sha256}.`,
  );
}

/** Lower-case hexadecimal. */
export function sha256(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex');
}
