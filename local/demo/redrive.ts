import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { isRecord } from '#shared/event/stripe-event.ts';

const CLI = join(import.meta.dirname, '../../cli/fanout.ts');

/**
 * Moves everything in a domain's DLQ back to its queue with the command that the engineer on call uses.
 * @param url of the runtime
 * @param timeoutMs real milliseconds that the move may take
 * @returns how many messages were moved
 * @throws {Error} it failed, or still ran when the time was over
 */
export async function redrive(domain: string, url: string, timeoutMs: number): Promise<number> {
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  const args = [CLI, 'dlq', 'redrive', domain, '--yes', '--rate', '500', '--json', '--local', url];
  execFile(process.execPath, args, { timeout: timeoutMs }, (error, stdout, stderr) => {
    if (error) reject(new Error(`fanout dlq redrive ${domain} failed: ${stdout || stderr || error.message}`));
    else resolve(stdout);
  });
  const answer: unknown = JSON.parse(await promise);
  return isRecord(answer) ? Number(answer.moved) : 0;
}
