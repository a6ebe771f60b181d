import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

/**
 * Does some work while a process of its own says yes to every call of AWS at once.
 * @param work gets that process's endpoint
 */
export async function withNullAws<T>(work: (endpoint: string) => T | Promise<T>): Promise<T> {
  const server = spawn(process.execPath, [join(import.meta.dirname, 'ingress/null-aws.ts')], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  try {
    const [port] = await once(createInterface({ input: server.stdout }), 'line');
    return await work(`http://127.0.0.1:${port}`);
  } finally {
    server.stdin.end();
  }
}
