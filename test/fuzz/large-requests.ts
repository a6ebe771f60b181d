import { DEFAULT_DESTINATION } from '#shared/environment/destination.ts';
import { sampleEvent } from '#shared/samples/sample-event.ts';
import { signatureHeader } from '#shared/signature/sign.ts';
import { MAX_BODY_BYTES } from '#shared/webhook/authenticate.ts';
import type { FuzzRequest, SecretsOf } from './requests.ts';

/** What the pipeline adds to an event on the bus is shorter than this. */
const ADDED = 1_000;
const MANY = 50_000;

/**
 * Requests around each limit: that of an entry on the bus, and that of a body. Each comes whole, damaged after it was
 * signed, and signed by nobody we know. They are few and always the same, for each is as large as a thousand others.
 * @param nowSeconds what the ingress takes for now
 * @param inlineLimit bytes above which an entry refers to its event
 */
export function* largeRequests(nowSeconds: number, secretsOf: SecretsOf, inlineLimit: number): Generator<FuzzRequest> {
  const sizes = [inlineLimit - ADDED, inlineLimit, inlineLimit + 1, MAX_BODY_BYTES, MAX_BODY_BYTES + 1];
  const secret = secretsOf.account[0] ?? '';
  const request = (body: Buffer, header: string): FuzzRequest => ({
    request: {
      headers: { 'content-type': 'application/json', 'stripe-signature': header },
      body: body.toString('base64'),
      isBase64Encoded: true,
    },
    body,
    header,
    destination: DEFAULT_DESTINATION,
    isSignedForOther: false,
  });
  for (const body of [
    ...sizes.map((size) => eventOf(size, 'é')),
    ...sizes.map((size) => eventOf(size, '\\u0000')),
    deep(),
    manyMembers(),
  ]) {
    const header = signatureHeader(body, secret, nowSeconds);
    yield request(body, header);
    yield request(Buffer.concat([body.subarray(0, -1), Buffer.from(' }')]), header);
    yield request(body, signatureHeader(body, 'whsec_nobody', nowSeconds));
  }
}

/** An event of exactly so many bytes, most of them in one text. */
function eventOf(bytes: number, filling: string): Buffer {
  const event = sampleEvent('invoice.paid', { seed: `fuzz ${bytes} ${filling}` });
  const text = (padding: string) => JSON.stringify({ ...event, padding: '' }).replace(/""}$/, `"${padding}"}`);
  const room = bytes - Buffer.byteLength(text(''));
  const fits = Math.floor(room / Buffer.byteLength(filling));
  const rest = room - fits * Buffer.byteLength(filling);
  return Buffer.from(text(filling.repeat(fits) + 'x'.repeat(rest)));
}

/** An event whose object is deeper than whatever calls itself for each level can follow. */
function deep(): Buffer {
  const event = sampleEvent('invoice.paid', { seed: 'fuzz deep', created: 1_800_000_000 });
  const whole = JSON.stringify({ ...event, deep: '' });
  return Buffer.from(whole.replace(/""}$/, `${'{"a":'.repeat(MANY)}1${'}'.repeat(MANY)}}`));
}

/** An event that is too large for its many members, none of which is. */
function manyMembers(): Buffer {
  const members = Array.from({ length: 50 }, (_, i) => [`member_${i}`, 'x'.repeat(10_000)]);
  return Buffer.from(
    JSON.stringify({ ...sampleEvent('invoice.paid', { seed: 'fuzz many' }), ...Object.fromEntries(members) }),
  );
}
