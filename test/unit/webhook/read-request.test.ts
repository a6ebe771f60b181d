import { describe, expect, it } from 'vitest';
import { readRequest } from '#shared/webhook/read-request.ts';

describe('reading an HTTP API request', () => {
  it('takes the destination from the path, and "account" for the bare path', () => {
    expect(readRequest({ pathParameters: { destination: 'connect' } }).destination).toBe('connect');
    expect(readRequest({}).destination).toBe('account');
  });

  it('gives the same bytes whether the gateway encoded the body or not', () => {
    const text = '{"name":"Zoë 💶"}';

    const plain = readRequest({ body: text, isBase64Encoded: false });
    const encoded = readRequest({ body: Buffer.from(text).toString('base64'), isBase64Encoded: true });

    expect(plain.body).toEqual(Buffer.from(text));
    expect(encoded.body).toEqual(plain.body);
  });

  it.each(['stripe-signature', 'Stripe-Signature', 'STRIPE-SIGNATURE'])(
    'finds the signature in a header %s',
    (name) => {
      expect(readRequest({ headers: { [name]: 't=1,v1=a' } }).signature).toBe('t=1,v1=a');
    },
  );
});
