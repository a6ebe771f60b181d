import { fork } from 'node:child_process';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import type { Suite, Verdict } from './suite.ts';

const CHILD = fileURLToPath(new URL('child.ts', import.meta.url));

/**
 * The same suite, asked in a process of its own: engines write to pipes that must be emptied meanwhile, and suites
 * compute and wait for other programs, so that in one process each would stop the engine of another.
 * @param chosen what the child makes its suites of
 * @param child script that gets the suite's name and `chosen`, and sends its {@link Verdict}
 */
export function inOwnProcess({ name, judge }: Suite, chosen: object, child = CHILD): Suite {
  return {
    name,
    judge,
    run: async () => {
      const asked = fork(child, [name, JSON.stringify(chosen)], { stdio: ['ignore', 'pipe', 'pipe', 'ipc'] });
      let verdict: Verdict | undefined;
      asked.once('message', (sent: Verdict) => {
        verdict = sent;
      });
      const ended = new Promise<string>((resolve, reject) => {
        asked.once('error', reject);
        asked.once('close', (code, signal) => resolve(signal ?? `exit code ${code}`));
      });
      const [end, ...printed] = await Promise.all([ended, ...[asked.stdout, asked.stderr].map(textOf)]);
      process.stdout.write(printed.join(''));
      if (verdict === undefined) throw new Error(`its process ended with ${end} before it came to a verdict`);
      return verdict;
    },
  };
}

function textOf(stream: NodeJS.ReadableStream | null): Promise<string> {
  return stream === null ? Promise.resolve('') : text(stream);
}
