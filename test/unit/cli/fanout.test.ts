import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import { text } from 'node:stream/consumers';
import Stripe from 'stripe';
import { describe, expect, it, onTestFinished } from 'vitest';
import { runCli, startCli } from '../../flow/run-cli.ts';

/** In this process: one of its own takes longer to start than to do its work. */
const fanout = (...args: string[]) => runCli(args);

/** A server that ends with its test. @returns its URL */
async function listening(answer: RequestListener): Promise<string> {
  const server = createServer(answer);
  onTestFinished(() => void server.close());
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  return typeof address === 'object' ? `http://127.0.0.1:${address?.port}` : '';
}

describe('fanout', () => {
  it.each([
    [['route', 'invoice.paid'], { code: 0, stdout: 'billing', stderr: '' }],
    [['send', 'invoice.paid', '--url', 'http://127.0.0.1:1'], { code: 1, stdout: 'npm run dev', stderr: '' }],
    [['rout', 'invoice.paid'], { code: 2, stdout: '', stderr: 'Did you mean route?' }],
  ])('as a process prints and ends as its command says: %j', async (args, { code, stdout, stderr }) => {
    const ended = await startCli(args).ended;

    expect(ended.code).toBe(code);
    expect(ended.stdout).toContain(stdout);
    expect(ended.stderr).toContain(stderr);
    // Without a terminal there is nothing but these two; an empty one is empty.
    expect([ended.stdout === '', ended.stderr === '']).toEqual([stdout === '', stderr === '']);
  });

  it.each([
    [['rout', 'invoice.paid'], 'Did you mean route?'],
    [['route'], 'exactly one event type'],
    [['route', 'invoice.paid', '--stag', 'prod'], 'Did you mean --stage?'],
    [['route', 'invoice.paid', '--stage', 'PROD'], 'cannot be a stage'],
    [['types', '--domain', 'biling'], 'Did you mean billing?'],
    [['send', 'invoce.paid'], 'Did you mean invoice.paid?'],
    [['send', 'customer.subscription.past_due'], 'add --thin'],
    [['send', 'invoice.paid', '--url', 'https://example.com'], '--secret'],
    [['send', '--file', 'no-such-file.json'], 'cannot be read'],
    [['send', 'invoice.paid', '--count', '0'], '1 to 1000'],
    [['send', 'invoice.paid', '--count', '-3'], '--count N'],
    [['send', 'invoice.paid', '--account', 'cus_1'], 'acct_'],
    [['send', '--file', 'package.json', '--livemode', '--account', 'acct_1'], '--account and --livemode'],
    [['send', 'invoice.paid', '--url', 'ftp://127.0.0.1'], 'http or https'],
    [['send', 'invoice.paid', '--local', '--url', 'http://127.0.0.1:1'], 'not both'],
  ])('says what is wrong with %j and exits with 2', async (args, hint) => {
    const { code, stdout, stderr } = await fanout(...args);

    expect(stderr).toContain(hint);
    expect(stdout).toBe('');
    expect(code).toBe(2);
  });

  it('says where a type goes, by its longest prefix', async () => {
    const { code, stdout } = await fanout('route', 'v1.customer.subscription.updated', '--json', '--stage', 'prod');

    expect(JSON.parse(stdout)).toMatchObject({
      canonicalType: 'customer.subscription.updated',
      prefix: 'customer.subscription.',
      rule: 'stripe-fanout-prod-CustomerSubscription',
      domain: 'billing',
      queue: 'stripe-fanout-prod-billing',
      handler: 'stripe-fanout-prod-handler-billing',
    });
    expect(code).toBe(0);
  });

  it('says that a type nobody has heard of goes to "unrecognized"', async () => {
    const { stdout } = await fanout('route', 'galaxy.discovered', '--json');

    expect(JSON.parse(stdout)).toMatchObject({ known: false, prefix: null, domain: 'unrecognized' });
  });

  it.each([
    ['v1.invoice.paid', { thinQueue: 'stripe-fanout-dev-thin', remark: expect.stringContaining('thin notification') }],
    ['customer.subscription.active', { known: true, thinQueue: 'stripe-fanout-dev-thin' }],
    ['Not a type', { accepted: false, thinQueue: null, remark: expect.stringContaining('not_a_stripe_event') }],
    ['invoice.paid', { accepted: true, thinQueue: null, remark: null }],
    ['invoice.pondered', { accepted: true, domain: 'billing', remark: expect.stringContaining('does not know') }],
  ])('says what is peculiar about the way of %s', async (type, expected) => {
    const { stdout } = await fanout('route', type, '--json');

    expect(JSON.parse(stdout)).toMatchObject(expected);
  });

  it.each(['types', 'route', 'send', 'storm'])(
    '%s --help names the options and examples that can be pasted',
    async (command) => {
      const { code, stdout } = await fanout(command, '--help');

      expect(stdout).toContain('--json');
      expect(stdout).toMatch(new RegExp(`^  fanout ${command} `, 'm'));
      expect(stdout).not.toContain('fanout fanout');
      expect(code).toBe(0);
    },
  );

  it('lists types on lines of at most 120 characters where it is not told how wide the terminal is', async () => {
    const { stdout } = await startCli(['types']).ended;

    expect(stdout.split('\n').filter((line) => line.length > 120)).toEqual([]);
  });

  it('says how to start the pipeline when nothing answers', async () => {
    const { code, stdout } = await fanout('send', 'invoice.paid', '--url', 'http://127.0.0.1:1', '--count', '9');

    expect(stdout).toContain('npm run dev');
    expect(code).toBe(1);
  });

  it('prints the code and the remedy of a refusal, and exits with 1', async () => {
    const error = {
      code: 'signature_mismatch',
      message: 'No secret fits.',
      remedy: 'Give the secret of this endpoint.',
    };
    const url = await listening((_, response) => response.writeHead(400).end(JSON.stringify({ error })));

    const { code, stdout } = await fanout('send', 'invoice.paid', '--url', url, '--json');

    expect(JSON.parse(stdout).answers).toEqual([{ status: 400, ...error }]);
    expect(code).toBe(1);
  });

  it.each([
    [200, '<html>Welcome</html>', '"received":true'],
    [200, '{"received":false,"id":"evt_1","outcome":"accepted"}', '"received":true'],
    [307, '', 'redirect'],
    [429, '{"message":"Too Many Requests"}', 'throttle'],
  ])('takes %i %s for what it is: no ingress took the event', async (status, body, words) => {
    let requests = 0;
    const url = await listening((_, response) => {
      requests += 1;
      response.writeHead(requests === 1 ? status : 200, { location: '/elsewhere' }).end(body);
    });

    const { code, stdout } = await fanout('send', 'invoice.paid', '--url', url, '--count', '3');

    expect(stdout).toContain(`${status} not_the_ingress`);
    expect(stdout).toContain(words);
    expect(requests).toBe(1);
    expect(code).toBe(1);
  });

  it('posts to the local runtime that --local names, as operators’ commands reach it', async () => {
    const paths: (string | undefined)[] = [];
    const url = await listening((request, response) => {
      paths.push(request.url);
      response.end('{"received":true,"id":"evt_1","outcome":"accepted"}');
    });

    const { code } = await fanout('send', 'invoice.paid', '--local', url);

    expect(paths).toEqual(['/webhooks/stripe']);
    expect(code).toBe(0);
  });

  it('lists the types of a domain', async () => {
    const { stdout } = await fanout('types', 'dispute', '--domain', 'issuing', '--json');

    const types = JSON.parse(stdout).map(({ type }: { type: string }) => type);
    expect(types).toContain('issuing_dispute.created');
    expect(types.every((type: string) => type.startsWith('issuing_'))).toBe(true);
  });

  it('posts a sample that stripe-node accepts, and prints the answer', async () => {
    const accepted: string[] = [];
    const url = await listening(async (request, response) => {
      const body = await text(request);
      accepted.push(
        Stripe.webhooks.constructEvent(body, String(request.headers['stripe-signature']), 'whsec_cli').type,
      );
      response.end(JSON.stringify({ received: true, id: JSON.parse(body).id, outcome: 'accepted' }));
    });

    const { code, stdout } = await fanout(
      'send',
      'invoice.paid',
      '--url',
      url,
      '--secret',
      'whsec_cli',
      '--count',
      '2',
    );

    expect(accepted).toEqual(['invoice.paid', 'invoice.paid']);
    expect(stdout).toMatch(/^200 accepted (evt_\w+)\n200 accepted (?!\1)evt_/);
    expect(code).toBe(0);
  });
});
