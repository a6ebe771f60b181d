import { type ChildProcess, fork } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { killGroup } from './kill-group.ts';
import type { Suite, Verdict } from './suite.ts';

const CHILD = fileURLToPath(new URL('child.ts', import.meta.url));
/** The longest suite takes five minutes on two cores; one that takes longer than this hangs. */
const DEADLINE_MINUTES = 20;

/**
 * The same suite, asked in a process of its own: engines write to pipes that must be emptied meanwhile, and suites
 * compute and wait for other programs, so that in one process each would stop the engine of another. What the process
 * started ends with it, and both end with this one.
 * @param chosen what the child makes its suites of
 * @param child script that gets the suite's name and `chosen`, and sends its {@link Verdict}
 */
export function inOwnProcess({ name, judge }: Suite, chosen: object, child = CHILD): Suite {
  return {
    name,
    judge,
    run: async () => {
      const folder = mkdtempSync(join(tmpdir(), 'conformance-'));
      // Into a file: to read a pipe to its end is to wait for everybody who holds it.
      const output = join(folder, 'output');
      const file = openSync(output, 'w');
      const args = [name, JSON.stringify(chosen)];
      // A group of its own: that is how everything it has started can be ended.
      const asked = fork(child, args, { detached: true, stdio: ['ignore', file, file, 'ipc'] });
      closeSync(file);
      const end = () => {
        killGroup(asked.pid);
        rmSync(folder, { recursive: true, force: true });
      };
      process.once('exit', end);
      let overdue: string | undefined;
      const deadline = setTimeout(() => {
        overdue = `it came to no verdict in ${DEADLINE_MINUTES} minutes, and was ended with all that it had started`;
        killGroup(asked.pid);
      }, DEADLINE_MINUTES * 60_000);
      try {
        return await verdictFrom(asked);
      } catch (thrown) {
        throw overdue === undefined ? thrown : new Error(overdue);
      } finally {
        clearTimeout(deadline);
        process.stdout.write(readFileSync(output, 'utf8'));
        process.off('exit', end);
        end();
      }
    },
  };
}

async function verdictFrom(asked: ChildProcess): Promise<Verdict> {
  let verdict: Verdict | undefined;
  asked.once('message', (sent: Verdict) => {
    verdict = sent;
  });
  const end = await new Promise<string>((resolve, reject) => {
    asked.once('error', reject);
    asked.once('close', (code, signal) => resolve(signal ?? `exit code ${code}`));
  });
  if (verdict === undefined) throw new Error(`its process ended with ${end} before it came to a verdict`);
  return verdict;
}
