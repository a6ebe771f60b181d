import { NotAnEvent } from '../errors/queue-errors.ts';
import type { Fanout } from '../event/fanout.ts';
import { sliceMembers } from '../event/json-slice.ts';
import { isRecord } from '../event/stripe-event.ts';
import type { QueueMessage } from '../ports/messages.ts';
import type { PayloadStore } from '../ports/payload-store.ts';

/** An entry of the bus as a rule delivered it, its payload back in its place. */
export interface OpenedEntry {
  /** JSON text of the event, in the bytes that were published. It may still end with `fanout`. */
  readonly text: string;
  readonly fanout: Fanout;
  /** Name of the archive replay that delivered it again. */
  readonly replay?: string;
}

/** What is known of an event whose payload the bus refused: it stays in the payload bucket. */
export interface RefusedEntry {
  readonly refused: NonNullable<Fanout['refused']>;
  readonly id: string;
  readonly fanout: Fanout;
}

/**
 * Reads a queue message and puts a referenced payload back in its place.
 * @throws {NotAnEvent | PayloadLost | PayloadStoreUnavailable}
 */
export async function openEntry(
  message: Pick<QueueMessage, 'messageId' | 'body'>,
  payloads: Pick<PayloadStore, 'get'>,
  signal: AbortSignal,
): Promise<OpenedEntry | RefusedEntry> {
  const envelope = readObject(message.body);
  const { detail } = envelope;
  if (
    !isRecord(detail) ||
    typeof detail.id !== 'string' ||
    typeof detail.type !== 'string' ||
    !isFanout(detail.fanout)
  ) {
    throw new NotAnEvent(`Message ${message.messageId} has no "detail" with an id, a type and a "fanout".`);
  }
  const { fanout, id } = detail;
  if (fanout.refused !== undefined) return { refused: fanout.refused, id, fanout };

  const name = envelope['replay-name'];
  const replay = typeof name === 'string' ? { replay: name } : {};
  if (fanout.reference === undefined) {
    return { text: sliceMembers(message.body).get('detail') ?? '', fanout, ...replay };
  }
  const { payload, ...reference } = fanout.reference;
  return { text: await payloads.get(reference, signal), fanout: { ...fanout, payload }, ...replay };
}

/** @throws {NotAnEvent} the text is no JSON object */
export function readObject(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text);
    if (isRecord(value)) return value;
  } catch {
    // The parser's own message would quote the body.
  }
  throw new NotAnEvent('The message is not a JSON object.');
}

function isFanout(value: unknown): value is Fanout {
  return (
    isRecord(value) && value.version === 1 && typeof value.payload === 'string' && typeof value.publishedAt === 'string'
  );
}
