import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import { demoTrial } from '#local/demo/demo-trial.ts';
import { HandledLog } from '#local/demo/handled-log.ts';
import { runDemo } from '#local/demo/run-demo.ts';
import { runTrial } from '#local/terminal/run-trial.ts';
import { SECRET, startPipeline } from './start-pipeline.ts';

/** Milliseconds: as many as the command gives itself. */
const DEADLINE_MS = 300_000;

async function demo(...args: string[]) {
  const child = spawn(process.execPath, ['local/demo.ts', ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr)]);
  return { code: await ended, stdout, stderr };
}

describe('npm run demo', () => {
  it(
    'delivers every one of the 210 catalogued types and of the 326 thin ones, and loses nothing',
    async () => {
      const printed: unknown[] = [];
      const stdout = { write: (text: unknown) => printed.push(text) > 0 };
      // In this process, whose clock began long ago.
      const trial = demoTrial('cdk.out', performance.now() + DEADLINE_MS);
      const code = await runTrial(trial, ['--json'], { stdout, stderr: { isTTY: false, write: () => true } });

      const result = JSON.parse(printed.join(''));
      expect(result).toMatchObject({
        eventTypes: { sent: 210, published: 210, handled: 210, projected: 210, missing: [] },
        thin: { sent: 326, resolved: 326, handled: 326, parked: 0, missing: [] },
        rejected: { signature_missing: 1, signature_mismatch: 2, timestamp_outside_tolerance: 2, body_not_json: 1 },
        unrecognized: { sent: 1, handled: 1 },
        oversize: { sent: 1, handled: 1 },
        outOfOrder: { latestKept: true },
        tied: { sent: 2, settled: true },
        deadLetters: { parked: 1, redriven: 1, handledAfter: 1 },
        lost: 0,
      });
      // Also that no duplicate was published again, but where the bus did not answer in time.
      expect(code).toBe(0);
    },
    DEADLINE_MS + 60_000,
  );

  it.each([['--wrong'], ['--fixtures', 'no-such-file.json'], ['--fixtures', 'package.json']])(
    'explains itself and exits with 2 for %s %s',
    async (...args) => {
      const { code, stdout, stderr } = await demo(...args);

      expect(code).toBe(2);
      expect(stdout).toBe('');
      expect(stderr).toContain('Usage: npm run demo');
    },
  );

  it('gives the counts so far, and says what is wrong with them, when its time is over', async () => {
    await using pipeline = await startPipeline();

    const { result, faults } = await runDemo({
      runtime: pipeline.runtime,
      handled: new HandledLog(),
      stage: 'dev',
      secret: SECRET,
      objects: undefined,
      timeoutMs: 1,
      progress: () => undefined,
    });

    expect(result.eventTypes.missing).toHaveLength(210);
    expect(result.thin.missing).toHaveLength(326);
    expect(result).toMatchObject({ deadLetters: { parked: 0, redriven: 0, handledAfter: 0 } });
    expect(faults[0]).toContain('The demo gave up after');
    expect(faults).toContain('A wrong request was answered no_answer instead of signature_missing.');
  });
});
