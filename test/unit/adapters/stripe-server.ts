import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface SeenRequest {
  readonly method: string | undefined;
  readonly url: string | undefined;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** How one request is answered: with a text and a status; never (`hang`); or by closing the connection (`close`). */
export type StripeScript =
  | { readonly status?: number; readonly headers?: Readonly<Record<string, string>>; readonly text: string }
  | 'hang'
  | 'stall'
  | 'close';

/** Stripe as a script on 127.0.0.1: each request gets the next line, the last one for ever. */
export async function stripeServer(script: readonly StripeScript[]) {
  const requests: SeenRequest[] = [];
  let abandoned = 0;
  const server = createServer((request, response) => {
    request.on('close', () => {
      if (!response.writableEnded) abandoned += 1;
    });
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const { method, url, headers } = request;
      requests.push({ method, url, headers, body: Buffer.concat(chunks).toString() });
      const line = script[Math.min(requests.length, script.length) - 1];
      if (line === undefined || line === 'hang') return;
      if (line === 'close') {
        request.socket.destroy();
        return;
      }
      if (line === 'stall') {
        response.writeHead(200, { 'content-type': 'application/json' }).write('{"id":');
        return;
      }
      response.writeHead(line.status ?? 200, { 'content-type': 'application/json', ...line.headers }).end(line.text);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    /** Requests whose connection the client closed before it had its answer. */
    abandoned: () => abandoned,
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
