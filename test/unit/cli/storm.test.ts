import { describe, expect, it } from 'vitest';
import type { CommandContext } from '#cli/command.ts';
import { runFanout } from '#cli/run-fanout.ts';
import { answerStripeControl } from '#local/stripe/control/control-api.ts';
import { type StripeFixtureOptions, startStripeFixture } from '../local/stripe/start-stripe-fixture.ts';
import { context } from './context.ts';

/** The CLI beside the stand-in: its requests are answered by the stand-in's control, its clock moves when it pauses. */
async function startCli(options: StripeFixtureOptions = {}, fetch?: CommandContext['fetch']) {
  const stripe = await startStripeFixture(options);
  const shown: string[] = [];
  let now = Date.now();
  const world: CommandContext = {
    ...context,
    now: () => now,
    fetch:
      fetch ??
      (async (url, { method = 'GET', body = '' }) => {
        const { pathname: path, searchParams: query } = new URL(url);
        const request = { method, path, query, body: Buffer.from(String(body)) };
        const [status, json] = await answerStripeControl(stripe.local, request);
        return Response.json(json, { status });
      }),
    pause: async (ms) => {
      now += ms;
      await stripe.delivered();
    },
    progress: (line) => shown.push(line),
  };
  return {
    shown,
    stripe,
    run: (...args: string[]) => runFanout(args, world),
    [Symbol.asyncDispose]: () => stripe[Symbol.asyncDispose](),
  };
}

describe('fanout storm', () => {
  it('sends at the rate, with the shares it was told, and sums up', async () => {
    await using cli = await startCli();
    const options = ['--rate', '20', '--seconds', '2', '--duplicates', '.5', '--thin-share', '0.25'];

    const { exitCode, stdout } = await cli.run('storm', ...options, '--json');

    const ids = cli.stripe.received.map(({ body }) => JSON.parse(body));
    expect(new Set(ids.map(({ id }) => id)).size).toBe(40);
    expect(new Set(ids.filter(({ object }) => object === 'v2.core.event').map(({ id }) => id)).size).toBe(10);
    expect(JSON.parse(stdout)).toMatchObject({ events: 40, sent: 60, accepted: 60, pending: 0, failed: 0, refused: 0 });
    expect(cli.shown[0]).toMatch(/^\d+ sent, \d+ accepted, 0 duplicates, 0 refused, \d+ pending, p50 [\d.]+ ms, p95/);
    expect(exitCode).toBe(0);
  });

  it('ends with 1, and says how many, when something was not accepted in the end', async () => {
    await using cli = await startCli({ answer: (n) => (n % 2 ? 200 : 500) });

    const { exitCode, stdout } = await cli.run('storm', '--rate', '1', '--seconds', '1');
    await using refused = await startCli({ answer: () => 500 });
    const ending = await refused.run('storm', '--rate', '1', '--seconds', '1');

    expect([exitCode, stdout]).toEqual([0, expect.stringMatching(/^refused +1 +tries: 1 × 500$/m)]);
    expect(ending.exitCode).toBe(1);
    expect(ending.stdout).toMatch(/^not accepted +1 +1 given up, 0 still tried/m);
  });

  it.each([
    [['--rate', '0'], '--rate is "0"; a number from 1 to 1000 was expected.'],
    [['--seconds', 'x'], '--seconds is "x"'],
    [['--thin-share', '1.5'], '--thin-share is "1.5"; a number from 0 to 1 was expected.'],
    [['--url', 'https://hooks.example.com'], 'is not a local runtime: only what `npm run dev` runs'],
    [['invoice.paid'], 'storm takes options only.'],
  ])('refuses %j', async (args, message) => {
    await using cli = await startCli();

    const { exitCode, stderr } = await cli.run('storm', ...args);

    expect(stderr).toContain(message);
    expect(exitCode).toBe(2);
  });

  it.each<[string, CommandContext['fetch'], string]>([
    ['nothing answers', () => Promise.reject(new TypeError('fetch failed')), 'Start the pipeline with `npm run dev`'],
    [
      'something else answers',
      async () => new Response('<html>', { status: 404 }),
      'is not a local runtime with Stripe',
    ],
    [
      'the emission is refused',
      async () => Response.json({ error: { message: 'No destination.' } }, { status: 400 }),
      'No destination.',
    ],
  ])('ends with 1 where %s', async (_what, fetch, message) => {
    await using cli = await startCli({}, fetch);

    const { exitCode, stdout } = await cli.run('storm');

    expect(stdout).toContain(message);
    expect(exitCode).toBe(1);
  });
});

describe('fanout send --thin', () => {
  it.each(['invoice.paid', 'v1.invoice.paid'])('lets the stand-in send %s as a notification', async (type) => {
    await using cli = await startCli();

    const { exitCode, stdout } = await cli.run('send', type, '--thin', '--count', '2', '--account', 'acct_1');

    const notifications = cli.stripe.received.map(({ body }) => JSON.parse(body));
    expect(notifications).toMatchObject([
      { type: 'v1.invoice.paid', context: 'acct_1' },
      { type: 'v1.invoice.paid', context: 'acct_1' },
    ]);
    expect(stdout).toMatch(/^evt_test_\w+\nevt_test_\w+\n2 accepted$/);
    expect(exitCode).toBe(0);
  });

  it('sends to the destination in the URL', async () => {
    const thin = { name: 'thin', mode: 'both', payload: 'thin', accounts: 'own' } as const;
    await using cli = await startCli({ destinations: [{ ...thin, name: 'other' }, thin] });

    await cli.run('send', 'invoice.paid', '--thin', '--url', 'http://127.0.0.1:4242/webhooks/stripe/thin');

    expect(cli.stripe.received.map(({ path }) => path)).toEqual(['/thin']);
  });

  it('says when it was refused, and ends with 1', async () => {
    await using cli = await startCli({ answer: () => 503 });

    const { exitCode, stdout } = await cli.run('send', 'invoice.paid', '--thin');

    expect(stdout).toContain('× 503. Stripe');
    expect(exitCode).toBe(1);
  });

  it.each([
    [['customer.source.created'], 'Stripe sends no thin event of customer.source.created.'],
    [['v1.invoice.payd'], 'Did you mean v1.invoice.paid?'],
    [['invoice.paid', '--secret', 'whsec_1'], '--secret cannot go with --thin'],
    [['invoice.paid', '--file', 'event.json'], '--file cannot go with --thin'],
    [['invoice.paid', '--url', 'https://hooks.example.com/x'], 'is not a local runtime'],
    [[], 'exactly one event type'],
  ])('refuses %j', async (args, message) => {
    await using cli = await startCli();

    const { exitCode, stderr } = await cli.run('send', ...args, '--thin');

    expect(stderr).toContain(message);
    expect(exitCode).toBe(2);
  });
});
