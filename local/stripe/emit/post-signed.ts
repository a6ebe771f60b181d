import { signatureHeader } from '#shared/signature/sign.ts';

/**
 * Posts as Stripe does: signed at this moment, no redirect followed.
 * @param secrets the endpoint's signing secret; both, while it is rolled
 * @param signal ends the request
 */
export function postSigned(
  url: string,
  body: string,
  secrets: string | readonly string[],
  signal: AbortSignal,
): Promise<Response> {
  return fetch(url, {
    method: 'POST',
    redirect: 'manual',
    headers: {
      'content-type': 'application/json; charset=utf-8',
      'user-agent': 'Stripe/1.0 (+https://stripe.com/docs/webhooks)',
      'stripe-signature': signatureHeader(body, secrets, Math.floor(Date.now() / 1000)),
    },
    body,
    signal,
  });
}
