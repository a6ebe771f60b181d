import type { IncomingMessage } from 'node:http';

/**
 * Reads a request's whole body. What is above the limit is read and thrown away, so that the client gets to see the
 * answer instead of a broken connection.
 * @param limit bytes
 * @returns `undefined` when the body is longer than `limit`
 */
export async function readBody(request: IncomingMessage, limit: number): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request) {
    bytes += chunk.length;
    if (bytes <= limit) chunks.push(chunk);
  }
  return bytes <= limit ? Buffer.concat(chunks) : undefined;
}
