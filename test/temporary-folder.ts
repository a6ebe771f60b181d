import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** What tests write outside the project, and the processes they start, goes into one folder, and that goes with them. */
export function setup(): () => void {
  const folder = mkdtempSync(join(tmpdir(), 'stripe-fanout-test-'));
  // Where Node looks on Unix, and on Windows.
  Object.assign(process.env, { TMPDIR: folder, TEMP: folder });
  // What a process that was told to end still writes must not fail the run.
  return () => rmSync(folder, { recursive: true, force: true, maxRetries: 10 });
}
