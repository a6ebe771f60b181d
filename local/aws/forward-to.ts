import { Agent, request } from 'node:http';
import type { AwsAnswer, AwsService } from './aws-call.ts';

/** A service that another server in this process answers; requests pass unchanged. */
export interface Forwarding {
  readonly service: AwsService;
  /** Closes the kept connections. */
  close(): void;
}

/** @param port where on 127.0.0.1 that server listens */
export function forwardTo(port: number): Forwarding {
  const agent = new Agent({ keepAlive: true });
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
      return promise;
    },
    close: () => agent.destroy(),
  };
}

/** Headers that belong to the connection between the client and us. */
function withoutFraming(rawHeaders: readonly string[]): string[] {
  const dropped = new Set(['connection', 'content-length', 'expect', 'transfer-encoding']);
  return rawHeaders.filter((_item, i) => !dropped.has((rawHeaders[i - (i % 2)] ?? '').toLowerCase()));
}
