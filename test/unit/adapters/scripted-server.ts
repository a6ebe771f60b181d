import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface ScriptedServer {
  readonly endpoint: string;
  /** JSON bodies of the requests so far. */
  readonly requests: unknown[];
  close(): Promise<void>;
}

/** How one request is answered: a JSON body with a status, or silence until the caller gives up. */
export type ScriptedAnswer = { readonly status: number; readonly body: unknown } | 'hang';

/** An HTTP server on 127.0.0.1 that answers each request with the next line of its script, the last one for ever. */
export async function scriptedServer(script: readonly ScriptedAnswer[]): Promise<ScriptedServer> {
  const requests: unknown[] = [];
  const server = createServer((request: IncomingMessage, response: ServerResponse) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      requests.push(JSON.parse(Buffer.concat(chunks).toString()));
      const answer = script[Math.min(requests.length, script.length) - 1];
      if (answer === undefined || answer === 'hang') return;
      response.writeHead(answer.status, { 'content-type': 'application/x-amz-json-1.1' });
      response.end(JSON.stringify(answer.body));
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

/** Client options that can reach nothing but the given endpoint. */
export function clientOf(endpoint: string) {
  return { endpoint, region: 'us-east-1', credentials: { accessKeyId: 'test', secretAccessKey: 'test' } };
}
