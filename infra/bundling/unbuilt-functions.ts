import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { FUNCTION_ENTRIES } from './function-entries.ts';

/**
 * Writes a function of one line in the place of each built one, for those who want templates and no code.
 * @param folder is made
 */
export function writeUnbuiltFunctions(folder: string): void {
  for (const { name } of FUNCTION_ENTRIES) {
    mkdirSync(join(folder, name), { recursive: true });
    writeFileSync(join(folder, name, 'index.mjs'), `export const handler = () => '${name}';\n`);
  }
}
