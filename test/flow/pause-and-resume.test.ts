import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cli, cliJson } from './run-cli.ts';
import { fresh, startPipeline } from './start-pipeline.ts';

let pipeline: Awaited<ReturnType<typeof startPipeline>>;
beforeAll(async () => {
  pipeline = await startPipeline();
});
afterAll(() => pipeline[Symbol.asyncDispose]());

describe('fanout pause and resume', () => {
  it('keep the events of one domain waiting, and no others, until they are handled after all', async () => {
    const [late, punctual] = [fresh('radar.early_fraud_warning.created'), fresh('product.created')];

    const paused = await cliJson(pipeline, 'pause', 'fraud');
    for (const event of [late, punctual]) await pipeline.send(event);
    await pipeline.runtime.settled();
    const meanwhile = [await pipeline.row(late.data.object.id), await pipeline.row(punctual.data.object.id)];
    const again = await cliJson(pipeline, 'pause', 'fraud');
    const resumed = await cli(pipeline, 'resume', 'fraud');
    await pipeline.runtime.settled();

    expect(paused).toMatchObject({ code: 0, data: { domain: 'fraud', state: 'Disabled', changed: true } });
    expect(meanwhile).toEqual([undefined, expect.anything()]);
    expect(again.data).toMatchObject({ changed: false, waiting: 1 });
    expect(resumed.stdout).toContain('fraud is drained now.');
    expect(await pipeline.row(late.data.object.id)).toBeDefined();
  });

  it('say so when a domain has no handler', async () => {
    const { code, stdout } = await cli(pipeline, 'pause', 'crypto');

    expect(stdout).toContain('Nothing drains crypto');
    expect(code).toBe(1);
  });
});
