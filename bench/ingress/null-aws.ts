import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { SECRET } from './secret.ts';

/**
 * A process of its own that says yes to everything at once, so that a caller's CPU is all that is measured. Prints its
 * port, and ends with its standard input. A GET answers how many bytes each operation was sent since the last one.
 */
const ANSWERS: Readonly<Record<string, unknown>> = {
  UpdateItem: {},
  GetItem: {},
  PutEvents: { FailedEntryCount: 0, Entries: [{ EventId: 'event' }] },
  GetSecretValue: { SecretString: JSON.stringify({ account: [SECRET] }) },
};

let sent: Record<string, number> = {};

const server = createServer((request, response) => {
  if (request.method === 'GET') {
    response.end(JSON.stringify(sent));
    sent = {};
    return;
  }
  request.resume().on('end', () => {
    const operation = String(request.headers['x-amz-target']).split('.').at(-1) ?? '';
    sent[operation] = (sent[operation] ?? 0) + Number(request.headers['content-length']);
    response.setHeader('content-type', 'application/x-amz-json-1.1');
    response.end(JSON.stringify(ANSWERS[operation] ?? {}));
  });
});
server.listen(0, '127.0.0.1', () => console.log((server.address() as AddressInfo).port));
process.stdin.resume().on('end', () => process.exit(0));
