import type { ObjectRow } from '#shared/projection/object-row.ts';
import type { HandlerPorts } from '../ports.ts';
import { storedKeys } from './large-bodies.ts';

/**
 * Erases what a row names as left behind, and `more` that it does not refer to; then takes the names out of the row.
 * Erasing again is harmless, so whatever ends in between is finished by the next handler that meets the row.
 * @throws {PayloadStoreUnavailable | ObjectsUnavailable}
 */
export async function eraseLeftovers(
  { objects, payloads }: Pick<HandlerPorts, 'objects' | 'payloads'>,
  row: ObjectRow | undefined,
  more: readonly string[],
  signal: AbortSignal,
): Promise<void> {
  const referred = storedKeys(row);
  const left = new Set([...(row?.erasing ?? []), ...more]);
  for (const key of left) if (!referred.includes(key)) await payloads.erase(key, signal);
  if (row === undefined || row.erasing.length === 0) return;
  // When someone else has written since, the names stand in that row too, and are erased once more with it.
  await objects.write({ ...row, version: row.version + 1, erasing: [] }, signal);
}
