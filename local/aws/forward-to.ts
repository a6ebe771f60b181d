import { Agent, request } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import type { AwsAnswer, AwsService } from './aws-call.ts';

/** Milliseconds that closing waits for answers; the runtime ends within two seconds. */
const PATIENCE_MS = 1_000;

/** A service that another server in this process answers; requests pass unchanged. */
export interface Forwarding {
  readonly service: AwsService;
  /** Waits for the answers under way, whoever may still want them, and closes the kept connections. */
  close(): Promise<void>;
}

/** @param port where on 127.0.0.1 that server listens */
export function forwardTo(port: number): Forwarding {
  const agent = new Agent({ keepAlive: true });
  const open = new Set<Promise<unknown>>();
  return {
    service: ({ method, path, rawHeaders, body }) => {
      const { promise, resolve, reject } = Promise.withResolvers<AwsAnswer>();
      const headers = [...withoutFraming(rawHeaders), 'content-length', String(body.length)];
      const forwarded = request({ host: '127.0.0.1', port, agent, method, path, headers }, (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.once('error', reject);
        response.once('end', () => {
          const { connection: _hop, 'transfer-encoding': _framing, 'keep-alive': _timeout, ...kept } = response.headers;
          const answered = Object.entries(kept).flatMap(([name, value]) =>
            value === undefined ? [] : [[name, value]],
          );
          resolve({
            status: response.statusCode ?? 502,
            headers: Object.fromEntries(answered),
            body: Buffer.concat(chunks),
          });
        });
      });
      forwarded.once('error', reject);
      forwarded.end(body);
      open.add(promise);
      const settled = () => open.delete(promise);
      promise.then(settled, settled);
      return promise;
    },
    close: async () => {
      // dynalite throws where nobody can catch it when its database is closed under a request.
      const giveUp = delay(PATIENCE_MS, undefined, { ref: false });
      await Promise.race([Promise.allSettled(open), giveUp]);
      agent.destroy();
    },
  };
}

/** Headers that belong to the connection between the client and us. */
function withoutFraming(rawHeaders: readonly string[]): string[] {
  const dropped = new Set(['connection', 'content-length', 'expect', 'transfer-encoding']);
  return rawHeaders.filter((_item, i) => !dropped.has((rawHeaders[i - (i % 2)] ?? '').toLowerCase()));
}
