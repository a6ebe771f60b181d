import type { IncomingMessage } from 'node:http';
import { AwsError } from '../aws/aws-error.ts';
import { JsonReader } from '../json-reader.ts';
import type { Faults } from './faults.ts';
import { readFault } from './read-fault.ts';

/** Path on the AWS port at which another process adds, lists and removes faults. */
export const FAULTS_PATH = '/_local/faults';

/**
 * `GET` lists, `POST` adds one and answers its id, `DELETE` removes all, or with `?id=` one.
 * @returns status and the JSON to answer
 */
export function answerFaultsRequest(faults: Faults, request: IncomingMessage, body: Buffer): [number, unknown] {
  if (request.method === 'GET') return [200, faults.list()];
  if (request.method === 'POST') {
    try {
      const input = new JsonReader(JSON.parse(body.toString('utf8')), (m) => new AwsError('ValidationException', m));
      return [201, { id: faults.add(readFault(input)) }];
    } catch (cause) {
      return [400, { message: cause instanceof Error ? cause.message : String(cause) }];
    }
  }
  if (request.method === 'DELETE') {
    const id = new URL(request.url ?? '', 'http://localhost').searchParams.get('id');
    if (id === null) faults.clear();
    return [200, { removed: id === null ? true : faults.remove(id) }];
  }
  return [405, { message: 'Use GET, POST or DELETE.' }];
}
