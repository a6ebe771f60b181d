import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { ministackVersion } from '../../smoke/ministack/start-ministack.ts';
import type { Suite, Verdict } from '../suite.ts';

const SCRIPT = fileURLToPath(new URL('../../smoke/run.ts', import.meta.url));

export const ministack: Suite = {
  name: 'ministack',
  judge: 'MiniStack, to which `cdk deploy` brings the stacks: an event through the deployed API, an update, a removal',
  async run(): Promise<Verdict> {
    const version = ministackVersion();
    if (version === undefined)
      return { outcome: 'skipped', summary: 'ministack is not installed (pip install ministack)' };
    return await new Promise((resolve) => {
      const given = { maxBuffer: Number.POSITIVE_INFINITY };
      execFile(process.execPath, [SCRIPT, '--ministack'], given, (error, stdout, stderr) => {
        process.stdout.write(`${stdout}${stderr}`);
        const last = stdout.trim().split('\n').at(-1) || `ended without a word: ${error?.message}`;
        const summary = `${last.replace('Smoke: ', '')} (MiniStack ${version})`;
        // Its first line says where it deploys to: without one there was no place.
        const started = stdout.startsWith('Smoke test in');
        resolve({ outcome: error === null ? 'agreed' : started ? 'disagreed' : 'failed', summary });
      });
    });
  },
};
