import { describe, expect, it } from 'vitest';
import { devArguments } from '#local/terminal/dev-arguments.ts';
import { UsageError } from '#local/terminal/usage-error.ts';

describe('the arguments of npm run dev', () => {
  it('have defaults', () => {
    expect(devArguments([])).toEqual({
      port: 4242,
      awsPort: 4566,
      stripePort: 12111,
      timeScale: 1,
      stage: 'dev',
      with: [],
      endpoints: {},
      verbose: false,
      help: false,
    });
  });

  it('are read', () => {
    const args = ['--port', '0', '--aws-port=4000', '--time-scale', '60', '--stage', 'test', '--verbose'];

    expect(devArguments(args)).toMatchObject({ port: 0, awsPort: 4000, timeScale: 60, stage: 'test', verbose: true });
  });

  it('name as many other assemblies as there are', () => {
    expect(devArguments(['--with', 'a/cdk.out', '--with', 'b/cdk.out']).with).toEqual(['a/cdk.out', 'b/cdk.out']);
  });

  it('say what stands here for the endpoints of others, on this machine only', () => {
    const args = ['--endpoint', 'https://erp.example.com=http://127.0.0.1:8080'];

    expect(devArguments(args).endpoints).toEqual({ 'https://erp.example.com': 'http://127.0.0.1:8080' });
    expect(() => devArguments(['--endpoint', 'https://a.example.com=https://b.example.com'])).toThrow(UsageError);
  });

  it.each([
    [['--port', 'x'], '--port is "x"; a whole number from 0 to 65535 was expected.'],
    [['--aws-port', '70000'], '--aws-port is "70000"'],
    [['--time-scale', '0'], '--time-scale is "0"'],
    [['--portt', '1'], "Unknown option '--portt'"],
    [['--port'], "'--port <value>' argument missing"],
    [['4242'], "Unexpected argument '4242'"],
  ])('are refused with the reason: %j', (args, message) => {
    expect(() => devArguments(args)).toThrow(UsageError);
    expect(() => devArguments(args)).toThrow(message);
  });
});
