import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { UsageError } from '#local/terminal/usage-error.ts';
import { exitOnSignal } from '../exit-on-signal.ts';
import { awsPlace } from './aws-place.ts';
import { ministackPlace } from './ministack/ministack-place.ts';
import { SMOKE_USAGE, type SmokeArguments, smokeArguments } from './smoke-arguments.ts';
import { smokeTest } from './smoke-test.ts';

exitOnSignal();
/** What was printed: a failure that was told when it happened is not told again. */
const told = new Set<string>();

try {
  process.exitCode = await smoke(smokeArguments(process.argv.slice(2)));
} catch (thrown) {
  if (!(thrown instanceof UsageError)) throw thrown;
  process.stderr.write(`${thrown.message}\n\n${SMOKE_USAGE}\n`);
  process.exitCode = 2;
}

async function smoke(asked: SmokeArguments): Promise<number> {
  if (asked.where === 'nowhere') {
    print(SMOKE_USAGE);
    return 0;
  }
  const folder = mkdtempSync(join(tmpdir(), 'smoke-'));
  try {
    const place = asked.where === 'aws' ? await awsPlace(asked.account) : await ministackPlace(folder);
    print(`Smoke test in ${place.name}`);
    try {
      const removeOnly = asked.where === 'aws' && asked.removeOnly;
      await smokeTest({ place, folder, isNew: asked.where === 'ministack', removeOnly, print });
    } finally {
      await place.close();
    }
    print(`Smoke: passed in ${Math.round(performance.now() / 1000)} s.`);
    return 0;
  } catch (thrown) {
    const message = thrown instanceof Error ? thrown.message : String(thrown);
    if (!told.has(message)) print(message);
    print(`Smoke: failed: ${message.split('\n')[0]}`);
    return 1;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function print(line: string): void {
  told.add(line);
  process.stdout.write(`${line}\n`);
}
