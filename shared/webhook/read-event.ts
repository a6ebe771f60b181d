import { isStripeEvent, whyNotStripeEvent } from '../event/stripe-event.ts';
import type { EventText } from '../publishing/publish.ts';
import { Refusal } from './refusal.ts';

/** `ignoreBOM` keeps a byte-order mark in the text, where JSON.parse refuses it, as Stripe sends none. */
const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** @throws {Refusal} when the bytes are not UTF-8 JSON of a Stripe event */
export function readEvent(body: Buffer): EventText {
  let text: string;
  let value: unknown;
  try {
    text = utf8.decode(body);
    value = JSON.parse(text);
  } catch {
    throw new Refusal('body_not_json', 'The body is signed, but it is not UTF-8 JSON.');
  }
  if (isStripeEvent(value)) return { text, event: value };
  throw new Refusal(
    'not_a_stripe_event',
    `The body is signed, but it is no Stripe event: ${whyNotStripeEvent(value)}.`,
  );
}
