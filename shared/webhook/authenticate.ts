import type { Destination } from '../environment/destination.ts';
import type { Clock } from '../ports/clock.ts';
import { parseSignatureHeader } from '../signature/parse-header.ts';
import { isSignedByOneOf, isTimely, TOLERANCE_SECONDS } from '../signature/verify.ts';
import type { Delivery } from './read-request.ts';
import { Refusal } from './refusal.ts';
import type { SigningSecrets } from './signing-secrets.ts';

/** What it takes to tell whether a delivery is Stripe's. */
export interface AuthenticationPorts {
  readonly destinations: readonly Destination[];
  readonly secrets: SigningSecrets;
  readonly clock: Clock;
}

/** Largest body taken, in bytes. API Gateway and Lambda would let a little more through. */
export const MAX_BODY_BYTES = 4 * 1024 * 1024;

/**
 * Makes sure that Stripe sent this delivery to one of our destinations, now. The cheap checks come first, so that a
 * flood of forgeries costs neither parsing nor network.
 * @returns the destination it is for
 * @throws {Refusal} the request is wrong
 * @throws {SecretUnavailable} we cannot tell, for lack of a secret
 */
export async function authenticate(
  ports: AuthenticationPorts,
  delivery: Delivery,
  signal: AbortSignal,
): Promise<Destination> {
  const destination = ports.destinations.find(({ name }) => name === delivery.destination);
  if (destination === undefined) throw new Refusal('destination_unknown', 'There is no destination of this name.');
  if (delivery.body.length === 0) throw new Refusal('body_not_json', 'The request has no body.');
  if (delivery.body.length > MAX_BODY_BYTES) {
    throw new Refusal('body_too_large', `The body has ${delivery.body.length} bytes; ${MAX_BODY_BYTES} are taken.`);
  }
  if (delivery.signature === undefined)
    throw new Refusal('signature_missing', 'The request has no Stripe-Signature header.');

  const header = parseSignatureHeader(delivery.signature);
  if (typeof header === 'string') {
    throw new Refusal('signature_malformed', `The Stripe-Signature header cannot be read: ${header}.`);
  }
  const now = ports.clock.now();
  if (!isTimely(header, now)) {
    const seconds = Math.round(now / 1000 - header.timestamp);
    const when = seconds > 0 ? `${seconds} s ago` : `${-seconds} s in the future`;
    throw new Refusal(
      'timestamp_outside_tolerance',
      `The delivery was signed ${when}; ${TOLERANCE_SECONDS} s are tolerated.`,
    );
  }

  const isSigned = async () => isSignedByOneOf(await ports.secrets.of(destination.name, signal), header, delivery.body);
  if ((await isSigned()) || ((await ports.secrets.reread(signal)) && (await isSigned()))) return destination;
  throw new Refusal(
    'signature_mismatch',
    'No v1 signature was made with a signing secret of this destination over this body.',
  );
}
