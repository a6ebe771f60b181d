import { renameSync, writeFileSync } from 'node:fs';

/**
 * Writes a file that whoever reads it meanwhile sees whole, as it was or as it is now.
 * @param pending where it is written first, on the same disk
 */
export function writeWhole(path: string, contents: string | Uint8Array, pending = `${path}.${process.pid}`): void {
  writeFileSync(pending, contents);
  renameSync(pending, path);
}
