import { describe, expect, it, onTestFinished, vi } from 'vitest';
import type { CommandContext } from '#cli/command.ts';
import { replayCommand } from '#cli/commands/replay.ts';
import { ROUTES } from '#shared/catalogue/routes.ts';
import { ruleName } from '#shared/naming/resource-names.ts';
import { context } from '../context.ts';
import { describedStack, fakeAws } from '../fake-aws.ts';

const MINUTE = 60_000;
const NOON = Date.parse('2026-11-24T12:00:00Z');
const ARCHIVE_LAG_MS = 10 * MINUTE;

/** A deployed stage with an archive, and what is asked of it. */
async function deployed(states: readonly string[] = ['COMPLETED']) {
  const remaining = [...states];
  const aws = await fakeAws({
    DescribeStacks: () =>
      describedStack({
        BusName: 'stripe-fanout-prod',
        BusArn: 'arn:aws:events:eu-west-1:123456789012:event-bus/stripe-fanout-prod',
        ArchiveName: 'stripe-fanout-prod',
      }),
    ListRules: () => ({
      Rules: [...ROUTES.map(({ id }) => ruleName('prod', id)), 'a-team'].map((Name) => ({ Name, Arn: `arn:${Name}` })),
    }),
    DescribeArchive: () => ({ ArchiveArn: 'arn:archive' }),
    StartReplay: () => ({ ReplayArn: 'arn:replay' }),
    CancelReplay: () => ({}),
    DescribeReplay: () => ({ State: remaining.length > 1 ? remaining.shift() : remaining[0] }),
  });
  vi.stubEnv('AWS_ENDPOINT_URL', aws.endpoint);
  onTestFinished(() => void vi.unstubAllEnvs());
  return { ...aws, operations: () => aws.calls.map(({ operation }) => operation) };
}

const run = (to: number, more: Partial<CommandContext> = {}) =>
  replayCommand.run(
    {
      positionals: [],
      values: {
        stage: 'prod',
        yes: true,
        from: new Date(to - 60 * MINUTE).toISOString(),
        to: new Date(to).toISOString(),
        domain: 'billing',
      },
    },
    { ...context, now: () => NOON, ...more },
  );

describe('a replay of a deployed stage', () => {
  it('goes from the archive to the rules of the domain and to nobody else', async () => {
    const { calls } = await deployed();

    const report = await run(NOON - ARCHIVE_LAG_MS);

    const started = calls.find(({ operation }) => operation === 'StartReplay')?.input;
    expect(report.exitCode).toBe(0);
    expect(started).toMatchObject({
      EventSourceArn: 'arn:archive',
      EventStartTime: (NOON - 70 * MINUTE) / 1000,
      EventEndTime: (NOON - 10 * MINUTE) / 1000,
      Destination: {
        Arn: 'arn:aws:events:eu-west-1:123456789012:event-bus/stripe-fanout-prod',
        FilterArns: ROUTES.filter(({ domain }) => domain === 'billing').map(({ id }) => `arn:${ruleName('prod', id)}`),
      },
    });
  });

  it('waits until the archive has what was published last: events come to it up to ten minutes late', async () => {
    const { operations } = await deployed();
    const waited: number[] = [];
    let now = NOON - 30;
    const begun: string[][] = [];

    await run(NOON - ARCHIVE_LAG_MS, {
      now: () => now,
      bar: (step, _, of) => {
        if (!step.startsWith('waiting')) return;
        begun.push(operations());
        waited.push(of);
        now = NOON;
      },
    });

    expect(waited).toHaveLength(1);
    expect(begun[0]).not.toContain('StartReplay');
    expect(operations()).toContain('StartReplay');
  });

  it('does nothing when it is stopped while it waits', async () => {
    const { operations } = await deployed();

    const report = await run(NOON - MINUTE, { signal: AbortSignal.abort() });

    expect(report).toMatchObject({ exitCode: 1, data: { error: { code: 'stopped' } } });
    expect(operations()).not.toContain('StartReplay');
  });

  it('is cancelled when it is stopped while it runs, and says how it ended', async () => {
    const { operations } = await deployed(['RUNNING', 'RUNNING', 'CANCELLED']);
    const stopping = new AbortController();

    const report = await run(NOON - ARCHIVE_LAG_MS, {
      signal: stopping.signal,
      bar: (step) => (step === 'replaying' ? stopping.abort() : undefined),
    });

    expect(operations()).toContain('CancelReplay');
    expect(report).toMatchObject({ exitCode: 1, data: { state: 'CANCELLED' } });
  });

  it('fails loudly when EventBridge says that it failed', async () => {
    await deployed(['FAILED']);

    expect(await run(NOON - ARCHIVE_LAG_MS)).toMatchObject({ exitCode: 1, text: expect.stringContaining('FAILED') });
  });
});
