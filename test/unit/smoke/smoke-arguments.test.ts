import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { UsageError } from '#local/terminal/usage-error.ts';
import { smokeArguments } from '../../smoke/smoke-arguments.ts';

const run = (args: readonly string[], env: Readonly<Record<string, string>> = {}) =>
  spawnSync(process.execPath, ['test/smoke/run.ts', ...args], { encoding: 'utf8', env: { ...process.env, ...env } });

describe('npm run smoke', () => {
  it.each([
    [['--ministack'], { where: 'ministack' }],
    [['--aws-account', '123456789012'], { where: 'aws', account: '123456789012', removeOnly: false }],
    [['--aws-account', '123456789012', '--remove'], { where: 'aws', account: '123456789012', removeOnly: true }],
  ])('takes %j', (args, expected) => {
    expect(smokeArguments(args)).toEqual(expected);
  });

  it.each([
    [[]],
    [['--ministack', '--aws-account', '123456789012']],
    [['--ministack', '--remove']],
    [['--remove']],
    [['--aws-account', 'prod']],
    [['--aws']],
  ])('does not take %j', (args) => {
    expect(() => smokeArguments(args)).toThrow(UsageError);
  });

  it.each([[['--help']], [['--help', '--ministack']]])('shows what it takes, and deploys nowhere, with %j', (args) => {
    const { status, stderr, stdout } = run(args);

    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout).toMatch(/^Usage: npm run smoke/);
  });

  it('says the whole reason of a failure, then that it failed', () => {
    const { status, stdout } = run(['--ministack'], { PATH: '' });

    expect(status).toBe(1);
    expect(stdout).toBe(
      'MiniStack is not installed: pip install ministack.\nSmoke: failed: MiniStack is not installed: pip install ministack.\n',
    );
  });

  it('deploys nowhere when it is not told where', () => {
    const { status, stderr, stdout } = run([]);

    expect(status).toBe(2);
    expect(stdout).toBe('');
    expect(stderr).toContain('Usage: npm run smoke');
  });

  it('refuses a real account while AWS_ENDPOINT_URL points elsewhere', () => {
    const { status, stdout } = run(['--aws-account', '123456789012'], { AWS_ENDPOINT_URL: 'http://127.0.0.1:1' });

    expect(status).toBe(1);
    expect(stdout).toContain('AWS_ENDPOINT_URL is set');
  });
});
