import { describe, expect, it } from 'vitest';
import { Secret, Secrets } from '#local/secrets/secrets.ts';
import { SharedParts } from '#local/shared-parts.ts';
import { startStripe } from '#local/stripe/start-stripe.ts';

const API_KEYS = 'arn:aws:secretsmanager:us-east-1:000000000000:secret:keys-AbCdEf';
const WAYS = { url: 'http://127.0.0.1:1', webhookUrl: '', putPartnerEvent: () => Promise.resolve() };

describe('Stripe’s stand-in at the start of the runtime', () => {
  it('puts its keys into the secret that a function reads them from', () => {
    const secrets = new Secrets([new Secret('keys', API_KEYS, '{"_placeholder":"x"}')]);
    const environments = [{}, { API_KEYS_SECRET_ARN: API_KEYS }];

    startStripe({ ...WAYS, secrets, environments }, new SharedParts(1));

    expect(JSON.parse(secrets.find('keys').current.text)).toEqual({ live: 'rk_live_local', test: 'rk_test_local' });
  });

  it('has no destination to send to where no function takes events', () => {
    const stripe = startStripe({ ...WAYS, secrets: new Secrets([]), environments: [{ BUS: 'b' }] }, new SharedParts(1));

    expect(() => stripe.emit({ type: 'invoice.paid' })).toThrow('Destinations: none.');
  });
});
