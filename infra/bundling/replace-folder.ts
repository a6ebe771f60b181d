import { mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { writeWhole } from './write-whole.ts';

/**
 * Makes a folder hold exactly these files. What is already as wanted is not touched, and what is not comes whole, so
 * that two builds at once (a test run beside a synth) never pull a file from under each other, nor show a part of one.
 * @param files contents by file name; no subfolders
 */
export function replaceFolder(folder: string, files: ReadonlyMap<string, Uint8Array>): void {
  mkdirSync(folder, { recursive: true });
  const standing = new Set(readdirSync(folder));
  for (const [name, contents] of files) {
    const path = join(folder, name);
    if (standing.has(name) && readFileSync(path).equals(contents)) continue;
    writeWhole(path, contents, `${folder}.${process.pid}`);
  }
  for (const name of standing) if (!files.has(name)) rmSync(join(folder, name), { recursive: true, force: true });
}
