import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { inOwnProcess } from '../../conformance/in-own-process.ts';
import type { Suite } from '../../conformance/suite.ts';

const folder = mkdtempSync(join(tmpdir(), 'conformance-'));
afterAll(() => rmSync(folder, { recursive: true }));

const suite: Suite = { name: 'a-suite', judge: 'a judge', run: () => Promise.reject(new Error('asked here')) };
let scripts = 0;
function child(source: string): string {
  scripts += 1;
  const script = join(folder, `${scripts}.mjs`);
  writeFileSync(script, source);
  return script;
}

describe('a suite in a process of its own', () => {
  it('is asked by its name, with what was chosen, and its verdict is told', async () => {
    const source = `process.send({ outcome: 'agreed', summary: process.argv.slice(2).join(' ') }, () => process.disconnect());`;

    const { name, judge, run } = inOwnProcess(suite, { pairs: 3, seed: 1 }, child(source));

    expect({ name, judge }).toEqual({ name: 'a-suite', judge: 'a judge' });
    expect(await run()).toEqual({ outcome: 'agreed', summary: 'a-suite {"pairs":3,"seed":1}' });
  });

  it('has failed when its process ends without a verdict, and what it printed is shown', async () => {
    const shown = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
    const source = `process.stdout.write('one line\\n'); process.exitCode = 3; process.disconnect();`;

    await expect(inOwnProcess(suite, {}, child(source)).run()).rejects.toThrow(
      'its process ended with exit code 3 before it came to a verdict',
    );
    expect(shown).toHaveBeenCalledWith('one line\n');
    shown.mockRestore();
  });

  it('reads what its engine writes while another suite holds its own thread', async () => {
    const read = JSON.stringify(join(folder, 'read'));
    const held = child(`
      import { existsSync } from 'node:fs';
      while (!existsSync(${read})) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5);
      process.send({ outcome: 'agreed', summary: 'held' }, () => process.disconnect());
    `);
    // More than a pipe takes before somebody reads.
    const reading = child(`
      import { spawn } from 'node:child_process';
      import { writeFileSync } from 'node:fs';
      const engine = spawn(process.execPath, ['--eval', "for (let i = 0; i < 1000; i++) console.log('x'.repeat(999))"]);
      let bytes = 0;
      engine.stdout.on('data', (chunk) => { bytes += chunk.length; });
      engine.once('close', () => {
        writeFileSync(${read}, '');
        process.send({ outcome: 'agreed', summary: bytes + ' bytes' }, () => process.disconnect());
      });
    `);

    const verdicts = await Promise.all([held, reading].map((script) => inOwnProcess(suite, {}, script).run()));

    expect(verdicts.map(({ summary }) => summary)).toEqual(['held', '1000000 bytes']);
  });
});
