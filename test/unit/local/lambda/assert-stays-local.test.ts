import { describe, expect, it } from 'vitest';
import { assertStaysLocal, WouldReachAws } from '#local/lambda/assert-stays-local.ts';

const LOCAL = 'http://127.0.0.1:4566';
const STRIPE = 'http://127.0.0.1:12111';

describe('a function environment', () => {
  it.each([
    ['another endpoint', { AWS_ENDPOINT_URL: 'https://example.com' }],
    ['another endpoint for one service', { AWS_ENDPOINT_URL: LOCAL, AWS_ENDPOINT_URL_SQS: 'http://10.0.0.1' }],
    ['an AWS address', { QUEUE_URL: 'https://sqs.us-east-1.amazonaws.com/000000000000/q' }],
    ['an AWS address inside JSON', { ENDPOINTS: '{"sqs":"https://sqs.eu-west-1.amazonaws.com"}' }],
    ['another Stripe', { STRIPE_API_BASE: 'http://10.0.0.1:12111' }],
    ['the real Stripe', { CONFIG: '{"base":"https://api.stripe.com"}' }],
    ['the order to ignore the endpoint', { AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: 'true' }],
  ])('with %s is refused', (_what, environment) => {
    expect(() => assertStaysLocal('f', environment, { aws: LOCAL, stripe: STRIPE })).toThrow(WouldReachAws);
  });

  it('that stays on this machine is taken', () => {
    const environment = {
      AWS_ENDPOINT_URL: LOCAL,
      QUEUE_URL: `${LOCAL}/000000000000/q`,
      SERVICE: 'sqs.amazonaws.com',
      STRIPE_API_BASE: STRIPE,
    };

    expect(() => assertStaysLocal('f', environment, { aws: LOCAL, stripe: STRIPE })).not.toThrow();
  });
});
