import { afterEach, describe, expect, it, vi } from 'vitest';
import { powertoolsTelemetry } from '#functions/adapters/telemetry.ts';

afterEach(() => vi.restoreAllMocks());

describe('metrics', () => {
  it('are kept until the invocation ends, but those counted at once are written at once, under the same dimensions', () => {
    vi.stubEnv('POWERTOOLS_DEV', 'true');
    vi.stubEnv('POWERTOOLS_METRICS_DISABLED', 'false');
    vi.stubEnv('POWERTOOLS_METRICS_NAMESPACE', 'StripeFanout');
    const written: Record<string, unknown>[] = [];
    vi.spyOn(console, 'log').mockImplementation((line: string) => void written.push(JSON.parse(line)));
    const telemetry = powertoolsTelemetry({ stage: 'test', dimensions: { destination: 'account' } });

    telemetry.count('Accepted');
    telemetry.countNow('PublishUnknown');
    const beforeTheEnd = [...written];
    telemetry.flush();

    expect(beforeTheEnd).toMatchObject([{ PublishUnknown: 1, stage: 'test', destination: 'account' }]);
    expect(beforeTheEnd[0]).not.toHaveProperty('Accepted');
    expect(written.slice(1)).toMatchObject([{ Accepted: 1, stage: 'test', destination: 'account' }]);
    expect(written[1]).not.toHaveProperty('PublishUnknown');
    vi.unstubAllEnvs();
  });
});
