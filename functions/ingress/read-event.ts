import type { Destination } from '#shared/environment/destination.ts';
import { isStripeEvent, isThin, type StripeEvent, whyNotStripeEvent } from '#shared/event/stripe-event.ts';
import type { EventText } from '#shared/publishing/publish.ts';
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

/**
 * Compares an event with what its destination declares.
 * @returns `ignored` for a test event of a connected account at a live destination, which Stripe sends by design
 * @throws {Refusal} when the destination is not meant for such events
 * @see https://support.stripe.com/questions/connect-account-webhook-configurations
 */
export function agree(event: StripeEvent, destination: Destination): 'expected' | 'ignored' {
  const mode = event.livemode ? 'live' : 'test';
  if (destination.mode !== 'both' && destination.mode !== mode) {
    const ofConnected = destination.accounts !== 'own' && (isThin(event) || event.account !== undefined);
    if (destination.mode === 'live' && ofConnected) return 'ignored';
    throw mismatch(destination, `takes ${destination.mode} events, and this is a ${mode} event`);
  }
  const style = isThin(event) ? 'thin' : 'snapshot';
  if (destination.payload !== 'either' && destination.payload !== style) {
    throw mismatch(destination, `takes ${destination.payload} events, and this is a ${style} event`);
  }
  // A notification's context does not tell own accounts of an organization from connected ones.
  if (!isThin(event) && destination.accounts !== 'either') {
    const accounts = event.account === undefined ? 'own' : 'connected';
    if (destination.accounts !== accounts) {
      throw mismatch(
        destination,
        `takes events of ${destination.accounts} accounts, and this is one of ${accounts} accounts`,
      );
    }
  }
  return 'expected';
}

function mismatch({ name }: Destination, what: string): Refusal {
  return new Refusal('destination_mismatch', `The destination "${name}" ${what}.`);
}
