import { describe, expect, it } from 'vitest';
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
});
