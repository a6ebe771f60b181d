import { randomUUID } from 'node:crypto';
import { JsonReader } from '../json-reader.ts';
import type { AwsCall, AwsService, OwnService } from './aws-call.ts';
import { AwsError } from './aws-error.ts';

/** One operation of a service that speaks a JSON protocol. What it returns is the answer's body. */
export type JsonOperation = (input: JsonReader, call: AwsCall) => unknown;

export interface JsonProtocol {
  readonly contentType: 'application/x-amz-json-1.0' | 'application/x-amz-json-1.1';
  /** Code of the error for a parameter that is missing or of the wrong type. */
  readonly invalidInput: string;
}

/** Makes a service of its operations, by name. */
export function jsonService(operations: Readonly<Record<string, JsonOperation>>, protocol: JsonProtocol): OwnService {
  const service: AwsService = async (call) => {
    const operation = Object.hasOwn(operations, call.operation) ? operations[call.operation] : undefined;
    if (!operation) {
      const known = Object.keys(operations).join(', ');
      throw new AwsError('UnknownOperationException', `The local runtime has no ${call.operation}; it has ${known}.`);
    }
    const output = await operation(readInput(call.body, protocol), call);
    return {
      status: 200,
      headers: { 'content-type': protocol.contentType, 'x-amzn-requestid': randomUUID() },
      body: JSON.stringify(output ?? {}),
    };
  };
  return Object.assign(service, { operations: Object.keys(operations) });
}

function readInput(body: Buffer, { invalidInput }: JsonProtocol): JsonReader {
  let value: unknown;
  try {
    value = body.length === 0 ? {} : JSON.parse(body.toString('utf8'));
  } catch {
    throw new AwsError('SerializationException', 'The request body is not JSON.');
  }
  return new JsonReader(value, (message) => new AwsError(invalidInput, message));
}
