import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { runCli } from '../../flow/run-cli.ts';

describe("an operator's command", () => {
  it.each([
    [['where', 'evt_1'], 'Say which pipeline'],
    [['dlq', 'list', '--stage', 'prod', '--local'], 'Say which pipeline'],
    [['dlq', 'list', '--stage', 'PROD'], 'cannot be a stage'],
    [['dlq', 'list', '--local', 'http://example.com'], 'not on this machine'],
    [['dlq'], 'dlq redrive'],
    [['dlq', 'redriv', 'core'], 'Did you mean dlq redrive?'],
    [['dlq', 'show', 'cor', '--local'], 'Did you mean core?'],
    [['dlq', 'redrive', 'core', '--rate', '0', '--local'], '--rate 0 is not a whole number from 1 to 500'],
    [['dlq', 'redrive', 'core', '--older-than', 'long', '--local'], 'is not a duration'],
    [['dlq', 'redrive', 'core', '--ids', 'evt_1,,evt_2', '--local'], '--ids has an empty id'],
    [['dlq', 'park', 'core', '--local'], '--reason TEXT'],
    [['pause', 'everything', '--local'], 'There is no domain everything'],
  ])('says what is wrong with %j and exits with 2', async (args, hint) => {
    const { code, stdout, stderr } = await runCli(args);

    expect(stderr).toContain(hint);
    expect(stdout).toBe('');
    expect(code).toBe(2);
  });

  it.each([
    [['where', 'evt_1', '--local', 'http://127.0.0.1:1'], 'npm run dev'],
    // The test environment leads every client that is not told otherwise to a port where nothing answers.
    [['where', 'evt_1', '--stage', 'prod'], 'The connection failed'],
  ])('says that nothing answers, for %j, and exits with 1', async (args, hint) => {
    const { code, stdout } = await runCli(args);

    expect(stdout).toContain(hint);
    expect(code).toBe(1);
  });

  it.each([
    ['has no Region', { AWS_REGION: '', AWS_CONFIG_FILE: 'nowhere' }],
    [
      'has no credentials',
      { AWS_ACCESS_KEY_ID: '', AWS_SHARED_CREDENTIALS_FILE: 'nowhere', AWS_CONFIG_FILE: 'nowhere' },
    ],
  ])('tells who %s to log in, and exits with 1', async (_, env) => {
    for (const [name, value] of Object.entries(env)) vi.stubEnv(name, value);

    const { code, stdout } = await runCli(['dlq', 'list', '--stage', 'prod']);

    expect(stdout).toContain('Log in, or name a --profile and a --region.');
    expect(code).toBe(1);
  });

  it.each([['ExpiredToken'], ['InvalidClientTokenId']])('tells whose session is over (%s) to log in', async (why) => {
    const error = `<ErrorResponse><Error><Type>Sender</Type><Code>${why}</Code><Message>no</Message></Error></ErrorResponse>`;
    const server = createServer((_, response) => response.writeHead(403, { 'content-type': 'text/xml' }).end(error));
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    onTestFinished(() => {
      server.closeAllConnections();
      server.close();
    });
    vi.stubEnv('AWS_ENDPOINT_URL', `http://127.0.0.1:${(server.address() as AddressInfo).port}`);

    const { code, stdout } = await runCli(['dlq', 'list', '--stage', 'prod']);

    expect(stdout).toContain('Log in, or name a --profile and a --region.');
    expect(code).toBe(1);
  });
});
