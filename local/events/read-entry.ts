import { isRecord } from '#shared/event/stripe-event.ts';
import { AwsError } from '../aws/aws-error.ts';
import type { JsonReader } from '../json-reader.ts';
import { jsonDepth } from './json-depth.ts';

/** One entry of PutEvents that the bus takes. */
export interface PutEventsEntry {
  readonly bus: string;
  readonly source: string;
  readonly detailType: string;
  /** JSON text of an object, as sent. */
  readonly detail: string;
  readonly resources: readonly string[];
  readonly time: Date | undefined;
}

const MAX_DETAIL_TYPE = 128;
const MAX_SOURCE = 256;
const MAX_DEPTH = 1000;
/** What all partner event sources begin with. */
const PARTNER = 'aws.partner/';

/**
 * Checks one entry as EventBridge does.
 * @throws {AwsError} with the code and message that go into the answer's entry
 */
export function readEntry(entry: JsonReader): PutEventsEntry {
  const read = { ...readAny(entry), bus: busName(entry.optionalString('EventBusName')) };
  if (read.source.startsWith('aws.')) {
    throw new AwsError('NotAuthorizedForSourceException', 'Not authorized for the source.');
  }
  return read;
}

/**
 * Checks one entry of PutPartnerEvents: its source names its bus.
 * @throws {AwsError} as {@link readEntry}
 */
export function readPartnerEntry(entry: JsonReader): PutEventsEntry {
  const read = readAny(entry);
  if (!read.source.startsWith(PARTNER)) throw invalid('Source', `Source is no partner event source: ${PARTNER}…`);
  return { ...read, bus: read.source };
}

function readAny(entry: JsonReader): Omit<PutEventsEntry, 'bus'> {
  const source = required(entry, 'Source', MAX_SOURCE);
  const detailType = required(entry, 'DetailType', MAX_DETAIL_TYPE);
  const detail = required(entry, 'Detail', Number.POSITIVE_INFINITY);
  if (!isJsonObject(detail) || jsonDepth(detail) > MAX_DEPTH)
    throw new AwsError('MalformedDetail', 'Detail is malformed.');
  return {
    source,
    detailType,
    detail,
    resources: entry.strings('Resources'),
    time: readTime(entry),
  };
}

/** The name in a bus's name or ARN; the account's own bus when there is none. A partner bus's name has slashes in it. */
export function busName(nameOrArn: string | undefined): string {
  return nameOrArn?.replace(/^arn:[^/]*:event-bus\//, '') ?? 'default';
}

function required(entry: JsonReader, name: string, maxLength: number): string {
  const value = entry.optionalString(name) ?? '';
  if (value === '') throw invalid(name, `${name} is a required argument.`);
  if (value.length > maxLength) throw invalid(name, `${name} is longer than ${maxLength} characters.`);
  return value;
}

/** Epoch seconds in the JSON protocol; ISO 8601 from some clients. */
function readTime(entry: JsonReader): Date | undefined {
  const value = entry.value.Time;
  if (value === undefined || value === null) return undefined;
  const time = new Date(typeof value === 'number' ? value * 1000 : String(value));
  if (Number.isNaN(time.getTime())) throw invalid('Time', 'Time is not a timestamp.');
  return time;
}

function invalid(name: string, reason: string): AwsError {
  return new AwsError('InvalidArgument', `Parameter ${name} is not valid. Reason: ${reason}`);
}

function isJsonObject(text: string): boolean {
  try {
    return isRecord(JSON.parse(text));
  } catch {
    return false;
  }
}
