import { isRecord } from '#shared/event/stripe-event.ts';
import { AwsError } from '../aws/aws-error.ts';
import type { JsonReader } from '../json-reader.ts';
import type { MessageAttribute, MessageAttributes } from './message.ts';
import type { Queue } from './queue.ts';

/** What SQS takes: XML 1.0 characters, all planes, so that a customer's emoji passes and a lone surrogate does not. */
const INVALID_CHARACTERS = /[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/u;
const MAX_ATTRIBUTES = 10;
/** SQS's longest visibility timeout: 12 hours. */
const MAX_VISIBILITY = 43_200;

export function invalidParameter(message: string): AwsError {
  return new AwsError('InvalidParameterValue', message);
}

/** Reads a number and checks its range; `undefined` when it is not given. */
export function inRange(input: JsonReader, name: string, min: number, max: number): number | undefined {
  const value = input.optionalNumber(name);
  if (value === undefined || (Number.isInteger(value) && value >= min && value <= max)) return value;
  throw invalidParameter(`Value ${value} for parameter ${name} is invalid. Reason: Must be between ${min} and ${max}.`);
}

/** Reads `VisibilityTimeout`, seconds. */
export function visibilityTimeout(input: JsonReader): number | undefined {
  return inRange(input, 'VisibilityTimeout', 0, MAX_VISIBILITY);
}

/** What a send takes out of its input, or out of one entry of a batch. */
export interface Sendable {
  readonly body: string;
  readonly attributes: MessageAttributes;
  readonly delaySeconds: number | undefined;
  readonly traceHeader: string | undefined;
  readonly group: string | undefined;
  readonly deduplicationId: string | undefined;
  readonly bytes: number;
}

/** @throws {AwsError} SQS would not take this message */
export function readSendable(input: JsonReader, queue: Queue): Sendable {
  const body = input.string('MessageBody');
  if (body === '') throw new AwsError('MissingParameter', 'The request must contain the parameter MessageBody.');
  if (INVALID_CHARACTERS.test(body)) {
    throw new AwsError('InvalidMessageContents', 'The message contains characters outside the allowed set.');
  }
  const attributes = readAttributes(input);
  const bytes = Buffer.byteLength(body) + attributeBytes(attributes);
  const max = Number(queue.attributes.get('MaximumMessageSize'));
  if (bytes > max)
    throw invalidParameter(`One or more parameters are invalid. Reason: Message must be shorter than ${max} bytes.`);
  const traceHeader = input.optionalObject('MessageSystemAttributes')?.optionalObject('AWSTraceHeader');
  return {
    body,
    attributes,
    delaySeconds: inRange(input, 'DelaySeconds', 0, 900),
    traceHeader: traceHeader?.optionalString('StringValue'),
    group: input.optionalString('MessageGroupId'),
    deduplicationId: input.optionalString('MessageDeduplicationId'),
    bytes,
  };
}

function readAttributes(input: JsonReader): MessageAttributes {
  const given = input.optionalObject('MessageAttributes');
  const names = Object.keys(given?.value ?? {});
  if (names.length > MAX_ATTRIBUTES) {
    throw invalidParameter(
      `Number of message attributes [${names.length}] exceeds the allowed maximum [${MAX_ATTRIBUTES}].`,
    );
  }
  return Object.fromEntries(names.map((name) => [name, readAttribute(given?.value[name], name)]));
}

function readAttribute(value: unknown, name: string): MessageAttribute {
  const { DataType, StringValue, BinaryValue } = isRecord(value) ? value : {};
  if (typeof DataType !== 'string') throw invalidParameter(`The message attribute '${name}' must contain a DataType.`);
  if (DataType.startsWith('Binary') && typeof BinaryValue === 'string') return { DataType, BinaryValue };
  if (typeof StringValue === 'string' && StringValue !== '') return { DataType, StringValue };
  throw invalidParameter(`The message attribute '${name}' must contain a non-empty value of type ${DataType}.`);
}

function attributeBytes(attributes: MessageAttributes): number {
  return Object.entries(attributes).reduce((sum, [name, { DataType, StringValue = '', BinaryValue = '' }]) => {
    const value = Buffer.byteLength(StringValue) + Buffer.byteLength(BinaryValue, 'base64');
    return sum + Buffer.byteLength(name) + Buffer.byteLength(DataType) + value;
  }, 0);
}
