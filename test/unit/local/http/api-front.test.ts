import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Runtime } from '#local/running-pipeline.ts';
import { startFixture } from '../start-fixture.ts';

type Body = NonNullable<RequestInit['body']>;

let runtime: Runtime;
beforeAll(async () => {
  runtime = await startFixture();
});
afterAll(() => runtime.stop());

const post = (path: string, body: Body, headers: Record<string, string> = { 'content-type': 'application/json' }) =>
  fetch(runtime.url + path, { method: 'POST', body, headers });
const act = (action: string, rest: object = {}) => post('/do', JSON.stringify({ action, ...rest }));
const echo = async (path: string, body: Body, headers?: Record<string, string>) =>
  JSON.parse(await (await post(path, body, headers)).text());

describe('the HTTP API', () => {
  it('hands a request over in payload format 2.0', async () => {
    const { event, context, remaining } = await echo('/echo/ti%20m?b=2&a=1&b=3', '{"é":1}', {
      'Content-Type': 'application/json; charset=utf-8',
      'Stripe-Signature': 't=1,v1=a',
      Cookie: 'x=1; y=2',
    });

    expect(event).toMatchObject({
      version: '2.0',
      routeKey: 'POST /echo/{who}',
      rawPath: '/echo/ti%20m',
      rawQueryString: 'b=2&a=1&b=3',
      cookies: ['x=1', 'y=2'],
      headers: { 'content-type': 'application/json; charset=utf-8', 'stripe-signature': 't=1,v1=a' },
      queryStringParameters: { a: '1', b: '2,3' },
      pathParameters: { who: 'ti m' },
      requestContext: {
        http: { method: 'POST', path: '/echo/ti%20m', protocol: 'HTTP/1.1', sourceIp: '127.0.0.1' },
        routeKey: 'POST /echo/{who}',
        stage: '$default',
        requestId: expect.any(String),
        time: expect.stringMatching(/^\d\d\/[A-Z][a-z]{2}\/\d{4}:\d\d:\d\d:\d\d \+0000$/),
        timeEpoch: expect.any(Number),
      },
      body: '{"é":1}',
      isBase64Encoded: false,
    });
    expect(context).toMatchObject({ functionName: 'api', memoryLimitInMB: '256', awsRequestId: expect.any(String) });
    expect(remaining).toBeGreaterThan(100);
    expect(remaining).toBeLessThanOrEqual(2000);
  });

  it('joins headers of the same name with commas', async () => {
    const { promise, resolve } = Promise.withResolvers<string>();
    const sent = request(`${runtime.url}/echo/x`, { method: 'POST', headers: { 'X-Same': ['a', 'b'] } }, (response) => {
      response.setEncoding('utf8').once('data', resolve);
    });
    sent.end();

    expect(JSON.parse(await promise).event.headers['x-same']).toBe('a,b');
  });

  it.each([
    ['text', 'text/plain', false],
    ['JSON', 'application/json', false],
    ['JSON by another name', 'application/vnd.api+json', false],
    ['bytes', 'application/octet-stream', true],
    ['a form', 'application/x-www-form-urlencoded', true],
  ])('hands over a body of %s as the gateway does', async (_what, type, isBase64Encoded) => {
    const { event } = await echo('/echo/x', 'hé', { 'content-type': type });

    expect(event.isBase64Encoded).toBe(isBase64Encoded);
    expect(Buffer.from(event.body, isBase64Encoded ? 'base64' : 'utf8').toString()).toBe('hé');
  });

  it('keeps bytes that are no text', async () => {
    const bytes = Buffer.from([0, 255, 128]);

    const { event } = await echo('/echo/x', bytes, { 'content-type': 'application/octet-stream' });

    expect(Buffer.from(event.body, 'base64')).toEqual(bytes);
  });

  it.each([
    [
      'an answer with headers',
      { statusCode: 201, headers: { 'X-A': 'b' }, body: 'hi' },
      201,
      'hi',
      'text/plain;charset=UTF-8',
    ],
    ['a base64 body', { statusCode: 200, isBase64Encoded: true, body: 'aGk=' }, 200, 'hi', 'text/plain;charset=UTF-8'],
    ['anything else as JSON', { hello: 1 }, 200, '{"hello":1}', 'application/json'],
    ['text by itself', 'plain', 200, 'plain', 'application/json'],
    [
      'a body that is no text',
      { statusCode: 200, body: { a: 1 } },
      500,
      '{"message":"Internal Server Error"}',
      'application/json',
    ],
    ['a status that is none', { statusCode: 'x' }, 500, '{"message":"Internal Server Error"}', 'application/json'],
  ])('answers with %s', async (_what, answer, status, body, type) => {
    const response = await act('answer', { answer });

    expect([response.status, await response.text(), response.headers.get('content-type')]).toEqual([
      status,
      body,
      type,
    ]);
  });

  it.each(['throw', 'hang'])('answers 500 when the function ends in an error: %s', async (action) => {
    const response = await act(action);

    expect([response.status, await response.json()]).toEqual([500, { message: 'Internal Server Error' }]);
  });

  it.each([
    ['GET', '/echo/x'],
    ['POST', '/nowhere'],
    ['POST', '/echo'],
    ['POST', '/echo/'],
    ['POST', '/echo/a/b'],
  ])('answers 404 to %s %s', async (method, path) => {
    const response = await fetch(runtime.url + path, { method });

    expect([response.status, await response.json()]).toEqual([404, { message: 'Not Found' }]);
  });

  it.each([
    ['10 MB', 10 * 1024 * 1024 + 1],
    ["6 MB, the function's limit", 6 * 1024 * 1024],
  ])('answers 413 to a body above %s', async (_what, bytes) => {
    const response = await post('/echo/x', 'x'.repeat(bytes));

    expect([response.status, await response.json()]).toEqual([413, { message: 'Request Entity Too Large' }]);
  });

  it('serves its health and the outputs of the stacks', async () => {
    const health = await fetch(`${runtime.url}/healthz`);
    const outputs = await fetch(`${runtime.url}/_local/outputs`);

    expect(health.status).toBe(200);
    expect(await outputs.json()).toEqual({
      BusName: 'colours',
      WorkUrl: `${runtime.awsUrl}/000000000000/work`,
      ApiUrl: runtime.url,
      JoinedUrl: `${runtime.url}/hooks`,
      StripeApiUrl: runtime.stripe?.url,
    });
  });
});

describe('a function', () => {
  it("gets its template's environment, the local endpoint, and nothing of this machine's", async () => {
    process.env.SECRET_OF_THIS_MACHINE = 'x';
    const environment = await (await act('environment')).json();
    delete process.env.SECRET_OF_THIS_MACHINE;

    expect(environment).toMatchObject({
      BUS: 'colours',
      AWS_ENDPOINT_URL: runtime.awsUrl,
      STRIPE_API_BASE: runtime.stripe?.url,
      AWS_REGION: 'us-east-1',
      AWS_LAMBDA_FUNCTION_NAME: 'api',
      AWS_ACCESS_KEY_ID: expect.stringMatching(/^LOCAL\d{15}$/),
    });
    expect(environment).not.toHaveProperty('SECRET_OF_THIS_MACHINE');
    expect(environment).not.toHaveProperty('HOME');
  });

  it.each(['https://api.stripe.com/v1/balance', 'http://sqs.us-east-1.amazonaws.com'])(
    'cannot reach %s',
    async (url) => {
      const answer = await (await act('fetch', { url })).json();

      expect(answer).toEqual({
        cause: `The local runtime does not let a function reach ${new URL(url).host}. Stripe's stand-in is at STRIPE_API_BASE, AWS at AWS_ENDPOINT_URL.`,
      });
    },
  );

  it('reaches the bus through the endpoint', async () => {
    const response = await act('publish', { entry: { Source: 'paint', DetailType: 'red', Detail: '{}' } });
    await runtime.settled();

    expect([response.status, await response.json()]).toEqual([202, [{ EventId: expect.any(String) }]]);
    expect(runtime.queueDepths().untended?.visible).toBe(1);
  });
});
