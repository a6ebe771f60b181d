import { EventEmitter } from 'node:events';
import type { Server } from 'node:http';
import type { AwsAnswer, AwsCall } from '../aws/aws-call.ts';
import { headersOf } from '../aws/headers-of.ts';

/** What dynalite uses of a response. */
class Reply {
  statusCode = 200;
  readonly answered: Promise<AwsAnswer>;
  readonly #headers: Record<string, string> = {};
  readonly #resolve: (answer: AwsAnswer) => void;

  constructor() {
    const { promise, resolve } = Promise.withResolvers<AwsAnswer>();
    this.answered = promise;
    this.#resolve = resolve;
  }

  setHeader(name: string, value: string | number): void {
    this.#headers[name] = String(value);
  }

  end(body: string = ''): void {
    this.#resolve({ status: this.statusCode, headers: this.#headers, body });
  }
}

/**
 * Hands a request to dynalite as its server would, without a connection: every call of every function passes here, and
 * sending it once more through the network costs more than answering it.
 */
export function askDynalite(
  dynalite: Server,
  { method, path, rawHeaders, body }: Pick<AwsCall, 'method' | 'path' | 'rawHeaders' | 'body'>,
): Promise<AwsAnswer> {
  const request = Object.assign(new EventEmitter(), { method, url: path, headers: headersOf(rawHeaders) });
  const reply = new Reply();
  dynalite.emit('request', request, reply);
  if (body.length > 0) request.emit('data', body);
  request.emit('end');
  return reply.answered;
}
