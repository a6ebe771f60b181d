import { afterEach, describe, expect, it } from 'vitest';
import { stripeApi } from '#functions/adapters/stripe-api.ts';
import { PipelineError } from '#shared/errors/pipeline-error.ts';
import { StripeUnavailable } from '#shared/errors/stripe-errors.ts';
import type { StripeRequest } from '#shared/ports/stripe-api.ts';
import { type StripeScript, stripeServer } from './stripe-server.ts';

const KEYS = '{"live":"rk_live_old","test":"rk_test_old"}';
const ROTATED = '{"live":"rk_live_new","test":"rk_test_new"}';
const INVOICE = { path: '/v1/invoices/in_1', livemode: false } as const;

let server: Awaited<ReturnType<typeof stripeServer>>;
afterEach(() => server.close());

interface World {
  /** Texts of the secret, one for each time that it is read; the last one for ever. */
  readonly secrets?: readonly string[];
  readonly timeoutMs?: number;
  readonly apiVersion?: string;
}

async function start(script: readonly StripeScript[], { secrets = [KEYS], ...options }: World = {}) {
  server = await stripeServer(script);
  const time = { now: 1_000_000_000 };
  let reads = 0;
  let sent = 0;
  const api = stripeApi({
    secret: { read: async () => secrets[Math.min(reads++, secrets.length - 1)] ?? '' },
    clock: { now: () => time.now },
    baseUrl: server.url,
    onRequest: () => {
      sent += 1;
    },
    ...options,
  });
  return { api, time, reads: () => reads, sent: () => sent };
}

async function ask(script: readonly StripeScript[], request: Partial<StripeRequest> = {}, world: World = {}) {
  const { api } = await start(script, world);
  return api.request({ ...INVOICE, ...request }, AbortSignal.timeout(5_000));
}

async function failure(script: readonly StripeScript[], request: Partial<StripeRequest> = {}, world: World = {}) {
  const thrown: unknown = await ask(script, request, world).catch((error: unknown) => error);
  if (thrown instanceof PipelineError) return thrown;
  throw new Error('A failure of the pipeline was expected.', { cause: thrown });
}

const error = (code: string, message = 'no') => JSON.stringify({ error: { code, message } });

describe("an answer of Stripe's", () => {
  it("is given in Stripe's own bytes", async () => {
    const text = '{ "id":"in_1", "amount":12345678901234567890, "e": 1e2 }';

    const answer = await ask([{ text, headers: { 'stripe-version': '2026-10-28.endive', 'request-id': 'req_1' } }]);

    expect(answer).toMatchObject({ status: 200, text, apiVersion: '2026-10-28.endive', requestId: 'req_1' });
    expect(answer.value.id).toBe('in_1');
  });

  it.each([
    ['text', 'not JSON'],
    ['a number', '42'],
    ['null', 'null'],
    ['a list', '[]'],
    ['nothing', ''],
  ])('that is %s and no object is tried again later', async (_, text) => {
    expect(await failure([{ text }])).toMatchObject({ code: 'stripe_unavailable', disposition: 'retry' });
  });

  it('that redirects is not followed: the key stays', async () => {
    const thrown = await failure([
      { status: 302, headers: { location: 'http://127.0.0.1:9/v1/invoices/in_1' }, text: '' },
    ]);

    expect(thrown).toMatchObject({ code: 'stripe_request_refused', disposition: 'park' });
    expect(server.requests).toHaveLength(1);
  });
});

describe('a request', () => {
  it('carries the key of its mode, the account, the cause, and the version', async () => {
    await ask(
      [{ text: '{}' }],
      { livemode: true, context: 'acct_org/acct_1', because: 'evt_1' },
      { apiVersion: '2026-09-30.endive' },
    );

    expect(server.requests[0]).toMatchObject({
      method: 'GET',
      url: '/v1/invoices/in_1',
      headers: {
        authorization: 'Bearer rk_live_old',
        'stripe-context': 'acct_org/acct_1',
        'stripe-request-trigger': 'event=evt_1',
        'stripe-version': '2026-09-30.endive',
      },
    });
    expect(server.requests[0]?.headers).not.toHaveProperty('x-stripe-client-telemetry');
  });

  it('keeps its query', async () => {
    await ask([{ text: '{}' }], { path: '/v2/core/accounts/acct_1?include=configuration.merchant' });

    expect(server.requests[0]?.url).toBe('/v2/core/accounts/acct_1?include=configuration.merchant');
  });

  it('that posts writes a form for v1 and JSON for v2, with its idempotency key', async () => {
    const { api } = await start([{ text: '{}' }]);
    const post = { method: 'POST', livemode: false, params: { a: { b: [1] } }, idempotencyKey: 'key-1' } as const;

    await api.request({ ...post, path: '/v1/things' }, AbortSignal.timeout(5_000));
    await api.request({ ...post, path: '/v2/core/things' }, AbortSignal.timeout(5_000));

    expect(server.requests.map(({ body }) => body)).toEqual(['a[b][0]=1', '{"a":{"b":[1]}}']);
    expect(server.requests.map(({ headers }) => headers['idempotency-key'])).toEqual(['key-1', 'key-1']);
  });

  it.each(['https://evil.example/v1/x', '//evil.example/v1/x', '/v1/../../x', '/v1/%2e%2e/x', '/v1/a\r\nhost: evil'])(
    'to %j is not made',
    async (path) => {
      expect(await failure([{ text: '{}' }], { path })).toMatchObject({
        code: 'stripe_request_refused',
        disposition: 'park',
      });
      expect(server.requests).toEqual([]);
    },
  );

  it('for an account that is none is not made', async () => {
    expect((await failure([{ text: '{}' }], { context: 'acct_1\r\nx: y' })).code).toBe('stripe_request_refused');
    expect(server.requests).toEqual([]);
  });

  it('is made once more when the connection turns out to be closed, and no second time', async () => {
    const { api, sent } = await start(['close', { text: '{"id":"in_1"}' }]);

    await api.request(INVOICE, AbortSignal.timeout(5_000));

    expect(sent()).toBe(2);
    await server.close();
    expect((await failure(['close'])).code).toBe('stripe_unavailable');
    expect(server.requests).toHaveLength(2);
  });

  it.each(['hang', 'stall'] as const)('that Stripe lets %s ends with its time', async (line) => {
    const thrown = await failure([line], {}, { timeoutMs: 50 });

    expect(thrown).toMatchObject({ code: 'stripe_unavailable', disposition: 'retry' });
    expect(thrown.message).toContain('no answer within 50 ms');
    await expect.poll(server.abandoned).toBe(1);
  });

  it('ends its connection with its signal', async () => {
    const { api } = await start(['hang']);
    const ends = new AbortController();

    const asked = api.request(INVOICE, ends.signal);
    await expect.poll(() => server.requests.length).toBe(1);
    ends.abort();

    await expect(asked).rejects.toThrow(StripeUnavailable);
    await expect.poll(server.abandoned).toBe(1);
  });
});

describe('a refusal', () => {
  it.each([
    [400, error('parameter_invalid'), 'stripe_request_refused', 'park'],
    [402, error('card_declined'), 'stripe_request_refused', 'park'],
    [404, error('resource_missing'), 'stripe_not_found', 'retry'],
    [409, error('lock_timeout'), 'stripe_unavailable', 'retry'],
    [429, error('rate_limit'), 'stripe_rate_limited', 'retry'],
    [429, error('lock_timeout'), 'stripe_unavailable', 'retry'],
    [500, error('api_error'), 'stripe_unavailable', 'retry'],
    [502, '<html>', 'stripe_unavailable', 'retry'],
  ] as const)('with %i and %s means %s', async (status, text, code, disposition) => {
    expect(await failure([{ status, text }])).toMatchObject({ code, disposition });
  });

  it('names what it was about, and repeats nothing else of what Stripe says', async () => {
    const text = error('parameter_invalid', 'No such thing: jenny@example.com');

    const { message } = await failure([{ status: 400, text, headers: { 'request-id': 'req_9' } }]);

    expect(message).toBe(
      'Stripe answered GET /v1/invoices/in_1 with 400 (parameter_invalid); its request log has req_9.',
    );
  });

  it('for want of a permission names it', async () => {
    const text = error(
      'more_permissions_required_for_application',
      "The provided key 'rk_test_*****old' does not have the required permissions for this endpoint on account 'acct_1'. Having the 'rak_invoice_read' permission would allow this request to continue.",
    );

    const thrown = await failure([{ status: 403, text }]);

    expect(thrown).toMatchObject({ code: 'stripe_permission_missing', disposition: 'park' });
    expect(thrown.message).toContain('the key lacks rak_invoice_read');
  });

  it.each([
    [429, { 'retry-after': '7' }, 7],
    [503, { 'retry-after': '7' }, 7],
    [503, { 'retry-after': 'Wed, 21 Oct 2026 07:28:00 GMT' }, undefined],
    [429, { 'retry-after': '-1' }, undefined],
    [500, {}, undefined],
  ] as const)('with %i and %j is worth no other try before %s seconds', async (status, headers, seconds) => {
    expect((await failure([{ status, text: '{}', headers }])).notBeforeSeconds).toBe(seconds);
  });

  it.each([
    ['a 500', 500, '{}'],
    ['a 503', 503, '{}'],
    ['a 409', 409, '{}'],
  ])('of which Stripe says that repeating is of no use is parked where it is %s', async (_, status, text) => {
    const thrown = await failure([{ status, text, headers: { 'stripe-should-retry': 'false' } }]);

    expect(thrown).toMatchObject({ code: 'stripe_request_refused', disposition: 'park' });
    expect(thrown.message).toContain('a retry is of no use');
  });

  it.each([
    ['the rate', '{}', 'stripe_rate_limited'],
    ['a lock', '{"error":{"code":"lock_timeout"}}', 'stripe_unavailable'],
  ])('of which Stripe says so is repeated where it is a 429 for %s: that passes', async (_, text, code) => {
    const headers = { 'stripe-should-retry': 'false', 'retry-after': '7' };

    expect(await failure([{ status: 429, text, headers }])).toMatchObject({
      code,
      disposition: 'retry',
      notBeforeSeconds: 7,
    });
  });

  it('that Stripe says to repeat is repeated', async () => {
    const thrown = await failure([{ status: 400, text: error('x'), headers: { 'stripe-should-retry': 'true' } }]);

    expect(thrown.disposition).toBe('retry');
  });
});

describe('the API key', () => {
  it('is read once for many requests', async () => {
    const { api, reads } = await start([{ text: '{}' }]);

    await Promise.all(Array.from({ length: 5 }, () => api.request(INVOICE, AbortSignal.timeout(5_000))));

    expect(reads()).toBe(1);
  });

  it('is read again after a 401, so that a rotation needs no deploy', async () => {
    const { api, time } = await start(
      [{ text: '{}' }, { status: 401, text: error('api_key_expired') }, { text: '{}' }],
      {
        secrets: [KEYS, ROTATED],
      },
    );

    await api.request(INVOICE, AbortSignal.timeout(5_000));
    time.now += 60_000;
    await api.request(INVOICE, AbortSignal.timeout(5_000));

    const used = server.requests.map(({ headers }) => headers.authorization);
    expect(used).toEqual(['Bearer rk_test_old', 'Bearer rk_test_old', 'Bearer rk_test_new']);
  });

  it('that Stripe goes on refusing is read again once a minute', async () => {
    const { api, time, reads } = await start([{ status: 401, text: error('api_key_expired') }]);
    const refused = () => api.request(INVOICE, AbortSignal.timeout(5_000)).catch((thrown: unknown) => thrown);

    expect(await refused()).toMatchObject({ code: 'stripe_key_refused', disposition: 'park' });
    await refused();
    expect(reads()).toBe(1);
    time.now += 60_000;
    await Promise.all([refused(), refused()]);

    expect(reads()).toBe(2);
  });

  it.each([
    ['none is stored', '{"_placeholder":"x"}'],
    ['only the other mode has one', '{"live":"rk_live_1"}'],
    ['it is one of the other mode', '{"test":"rk_live_1"}'],
    ['the secret is no JSON', 'rk_test_1'],
  ])('is missing when %s, and nothing is asked', async (_, secret) => {
    expect(await failure([{ text: '{}' }], {}, { secrets: [secret] })).toMatchObject({
      code: 'stripe_key_missing',
      disposition: 'park',
    });
    expect(server.requests).toEqual([]);
  });

  it.each([401, 403, 429, 500])('is never in a message: %i', async (status) => {
    const thrown = await failure([{ status, text: error('x', 'Invalid API Key provided: rk_test_old') }]);

    expect(thrown.message).not.toContain('rk_test_old');
  });
});

it('refuses an address that would carry the key in the clear over the network', () => {
  const options = { secret: { read: async () => KEYS }, clock: { now: Date.now } };

  expect(() => stripeApi({ ...options, baseUrl: 'http://api.example.com' })).toThrow('https, or http at 127.0.0.1');
});
