import { PayloadLost } from '#shared/errors/store-errors.ts';
import type { DeadLetter } from '#shared/operations/dead-letter.ts';
import type { Sent } from '#shared/operations/operator-queues.ts';
import type { ParkedLetter, ParkedLetters } from '#shared/operations/parked-letters.ts';
import type { PayloadStore } from '#shared/ports/payload-store.ts';
import type { DeadLetterSource } from '../dead-letters/dead-letter-source.ts';
import type { Examined } from '../dead-letters/examined.ts';
import type { Target } from '../target/target.ts';
import { referenceOf } from './reference-of.ts';

/** Milliseconds for one body of at most 4 MB. */
const BODY_TIMEOUT_MS = 30_000;

/** Where a domain's poison is put aside: the payload bucket. */
export class ParkingLot {
  readonly #letters: ParkedLetters;
  readonly #payloads: PayloadStore;
  readonly #domain: string;

  constructor(letters: ParkedLetters, payloads: PayloadStore, domain: string) {
    this.#letters = letters;
    this.#payloads = payloads;
    this.#domain = domain;
  }

  static async of({ clients, output }: Target, domain: string): Promise<ParkingLot> {
    const { s3ParkedLetters } = await import('#functions/adapters/operator/s3-parked-letters.ts');
    const { s3PayloadStore } = await import('#functions/adapters/s3-payload-store.ts');
    const bucket = output('PayloadBucketName');
    return new ParkingLot(s3ParkedLetters(clients.s3, bucket), s3PayloadStore(bucket, clients.s3), domain);
  }

  /** Puts one aside, whole. The key follows from the message, so that after a crash the same one is written again. */
  async take({ message, event, type, account, reason }: Examined, why: string, parkedAt: string): Promise<Sent> {
    const { receiptHandle: _, ...kept } = message;
    try {
      const payload = await this.#payloadOf(message);
      await this.#letters.put({
        version: 1,
        domain: this.#domain,
        event,
        type,
        ...(account === undefined ? {} : { account }),
        error: reason,
        reason: why,
        parkedAt,
        message: kept,
        ...(payload === undefined ? {} : { payload }),
      });
      return { outcome: 'sent' };
    } catch (error) {
      // Whether or not it was written, the message stays in the DLQ, and parking it again changes nothing.
      return { outcome: 'refused', reason: error instanceof Error ? error.message : String(error) };
    }
  }

  /** Restores what a message refers to, and then sends it. */
  async giveBack({ message }: Examined, send: () => Promise<Sent>): Promise<Sent> {
    try {
      const { payload } = await this.#letters.get(message.receiptHandle);
      if (payload !== undefined) {
        await this.#payloads.put(payload.key, payload.text, AbortSignal.timeout(BODY_TIMEOUT_MS));
      }
    } catch (error) {
      return { outcome: 'refused', reason: error instanceof Error ? error.message : String(error) };
    }
    return send();
  }

  /** What was put aside, to be taken out again. A letter's key stands for a message's receipt handle. */
  source(signal: AbortSignal): DeadLetterSource {
    const letters = this.#letters;
    const domain = this.#domain;
    return {
      async *batches(max) {
        for await (const keys of letters.keys(domain)) {
          for (let from = 0; from < keys.length && !signal.aborted; from += max) {
            const some = keys.slice(from, from + max);
            yield await Promise.all(some.map(async (key) => examinedOf(key, await letters.get(key))));
          }
        }
      },
      remove: ({ message }) => letters.remove(message.receiptHandle),
      close: async () => 0,
    };
  }

  async #payloadOf({ body }: DeadLetter): Promise<ParkedLetter['payload']> {
    const reference = referenceOf(body);
    if (reference === undefined) return undefined;
    try {
      const text = await this.#payloads.get(reference, AbortSignal.timeout(BODY_TIMEOUT_MS));
      return { key: reference.key, text };
    } catch (error) {
      // Then this is why it failed, and what is left is kept.
      if (error instanceof PayloadLost) return undefined;
      throw error;
    }
  }
}

function examinedOf(key: string, letter: ParkedLetter): Examined {
  const { event, type, account, error, message } = letter;
  return {
    event,
    type,
    ...(account === undefined ? {} : { account }),
    reason: error,
    message: { ...message, receiptHandle: key },
  };
}
