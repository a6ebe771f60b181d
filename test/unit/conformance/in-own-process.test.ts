import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
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

const modules = (name: string) => JSON.stringify(fileURLToPath(new URL(`../../conformance/${name}`, import.meta.url)));

/** A suite that hangs, with an engine beside it. @returns its script, and where the engine says its address */
function hanging(name: string): { readonly script: string; readonly address: string } {
  const address = join(folder, name);
  const engine = `
    const { renameSync, writeFileSync } = require('node:fs');
    const server = require('node:http').createServer((_, response) => response.end());
    server.listen(0, '127.0.0.1', () => {
      writeFileSync(process.argv[1] + '-part', 'http://127.0.0.1:' + server.address().port);
      renameSync(process.argv[1] + '-part', process.argv[1]);
    });`;
  const script = child(`
    import { spawn } from 'node:child_process';
    import { endWithParent } from ${modules('end-with-parent.ts')};
    endWithParent();
    console.log('asking the engine');
    spawn(process.execPath, ['--eval', ${JSON.stringify(engine)}, ${JSON.stringify(address)}], { stdio: 'inherit' });
  `);
  return { script, address };
}

async function engineAt(address: string): Promise<string> {
  await expect.poll(() => existsSync(address)).toBe(true);
  return readFileSync(address, 'utf8');
}

const answers = (url: string) =>
  fetch(url).then(
    ({ ok }) => ok,
    () => false,
  );

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

  it('has failed when it hangs: it is ended with its engine, and what it printed is shown', async () => {
    const shown = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const { script, address } = hanging('overdue');

    const failed = expect(inOwnProcess(suite, {}, script).run()).rejects.toThrow('no verdict in 20 minutes');
    const url = await engineAt(address);
    const before = await answers(url);
    vi.advanceTimersByTime(20 * 60_000);
    vi.useRealTimers();
    await failed;

    expect(before).toBe(true);
    await expect.poll(() => answers(url)).toBe(false);
    expect(shown).toHaveBeenCalledWith('asking the engine\n');
    shown.mockRestore();
  });

  it('leaves no engine behind when it ends', async () => {
    const { script, address } = hanging('left');
    const leaving = child(`
      import { existsSync } from 'node:fs';
      import ${JSON.stringify(script)};
      while (!existsSync(${JSON.stringify(address)})) await new Promise(setImmediate);
      process.send({ outcome: 'agreed', summary: 'without a look back' }, () => process.exit());
    `);

    const { outcome } = await inOwnProcess(suite, {}, leaving).run();

    expect(outcome).toBe('agreed');
    const url = await engineAt(address);
    await expect.poll(() => answers(url)).toBe(false);
  });

  it.each(['SIGINT', 'SIGTERM', 'SIGKILL'] as const)('ends with its engine when the run gets %s', async (signal) => {
    const { script, address } = hanging(signal);
    const run = child(`
      import { exitOnSignal } from ${modules('../exit-on-signal.ts')};
      import { inOwnProcess } from ${modules('in-own-process.ts')};
      exitOnSignal();
      await inOwnProcess({ name: 'a-suite', judge: 'a judge' }, {}, ${JSON.stringify(script)}).run();
    `);

    const asking = spawn(process.execPath, [run], { stdio: 'ignore' });
    const ended = once(asking, 'exit');
    const url = await engineAt(address);
    const before = await answers(url);
    asking.kill(signal);
    await ended;

    expect(before).toBe(true);
    await expect.poll(() => answers(url)).toBe(false);
  });
});
