import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';

/**
 * Runs a script whose standard output is thrown away, as Lambda takes it from a function, and reads the JSON that it
 * writes to file descriptor 3.
 * @throws {Error} the script failed
 */
export async function runChild(args: readonly string[], env: NodeJS.ProcessEnv): Promise<unknown> {
  const child = spawn(process.execPath, [...args], { stdio: ['ignore', 'ignore', 'inherit', 'pipe'], env });
  const ended = once(child, 'close');
  const results = child.stdio[3];
  if (results === null || results === undefined || !('readable' in results)) throw new Error('The child has no pipe.');
  const written = await text(results);
  const [code] = await ended;
  if (code !== 0) throw new Error(`${args.join(' ')} ended with ${code}; 0 was expected.`);
  return JSON.parse(written);
}
