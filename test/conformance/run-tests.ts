import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Verdict } from './suite.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** Engines are slower than our stand-ins, and two of them are asked at once. */
const TEST_MS = 300_000;

/** Characters of a failing run's output that are shown. */
const SHOWN = 8_000;

/**
 * Runs tests that `npm test` runs against our own stand-ins, this time against another engine.
 * @throws {Error} they ended without a report
 */
export async function runTests(files: readonly string[], env: Readonly<Record<string, string>>): Promise<Verdict> {
  const folder = mkdtempSync(join(tmpdir(), 'conformance-'));
  try {
    const report = join(folder, 'report.json');
    const vitest = join(root, 'node_modules/vitest/vitest.mjs');
    const args = [
      vitest,
      'run',
      `--testTimeout=${TEST_MS}`,
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${report}`,
      ...files,
    ];
    // Not synchronously: this process empties the pipe to which the engine under test writes.
    const output = await new Promise<string | undefined>((resolve) => {
      const given = { cwd: root, env: { ...process.env, ...env }, maxBuffer: Number.POSITIVE_INFINITY };
      execFile(process.execPath, args, given, (error, stdout, stderr) =>
        resolve(error === null ? undefined : `${stdout}\n${stderr}`),
      );
    });
    if (!existsSync(report)) {
      process.stdout.write(`${(output ?? '').slice(-SHOWN)}\n`);
      throw new Error(`the tests in ${files.join(', ')} ended without a report; what they printed stands above`);
    }
    const { numPassedTests, numTotalTests } = JSON.parse(readFileSync(report, 'utf8'));
    const agreed = output === undefined && numPassedTests === numTotalTests && numTotalTests > 0;
    if (!agreed) process.stdout.write(`${(output ?? '').slice(0, SHOWN)}\n`);
    const summary = `${numPassedTests} of ${numTotalTests} tests in ${files.join(', ')} hold`;
    return { outcome: agreed ? 'agreed' : 'disagreed', summary };
  } finally {
    rmSync(folder, { recursive: true });
  }
}
