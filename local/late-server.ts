import { createServer, type RequestListener } from 'node:http';
import { close, listen } from './listen.ts';

/** A server whose address is needed before what answers on it can be built. */
export class LateServer {
  // Node would end an idle connection after five seconds; a client that stood still as long would write into a closed one.
  readonly #server = createServer({ keepAliveTimeout: 0 }, (request, response) => {
    if (this.#isCutOff) request.destroy();
    else this.#listener(request, response);
  });
  #listener: RequestListener = (_request, response) => {
    response.writeHead(503, { 'retry-after': '1' }).end();
  };
  #isCutOff = false;

  /**
   * @param port 0 takes a free one
   * @returns its address: `http://127.0.0.1:<port>`
   * @throws {PortInUse}
   */
  async listen(port: number): Promise<string> {
    return `http://127.0.0.1:${await listen(this.#server, port)}`;
  }

  /** Until then every request is answered with 503. */
  answerWith(listener: RequestListener): void {
    this.#listener = listener;
  }

  /** Drops every connection, and each new one, as if nobody listened; the port stays taken. */
  cutOff(): void {
    this.#isCutOff = true;
    this.#server.closeAllConnections();
  }

  /** Answers again. */
  reconnect(): void {
    this.#isCutOff = false;
  }

  async close(): Promise<void> {
    await close(this.#server);
  }
}
