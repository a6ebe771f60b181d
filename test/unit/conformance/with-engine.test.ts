import { describe, expect, it } from 'vitest';
import { withEngine } from '../../conformance/with-engine.ts';

/** A server that is this script; it says where it listens among other lines. */
const engine = (script: string) => ({
  name: 'the engine',
  command: process.execPath,
  args: ['--eval', script],
  address: /Listening at (127\.0\.0\.1:\d+)/,
});

const SERVER = `
  const server = require('node:http').createServer((_, response) => response.end('answer'));
  server.listen(0, '127.0.0.1', () => console.error('Welcome.\\nListening at 127.0.0.1:' + server.address().port));
`;
/** More than a pipe takes before somebody reads. */
const TALKING = `setInterval(() => { console.log('x'.repeat(99_999)); console.error('x'.repeat(99_999)); });`;

const ask = async (url: string) => await (await fetch(url)).text();

describe('an engine', () => {
  it.each([
    ['is asked at the address that it says', SERVER],
    ['may write what nobody needs meanwhile', SERVER + TALKING],
  ])('%s, and is stopped then', async (_, script) => {
    let used = '';
    const answers = await withEngine(engine(script), async (url) => {
      used = url;
      return [await ask(url), await ask(url)];
    });

    expect(answers).toEqual(['answer', 'answer']);
    await expect(ask(used)).rejects.toThrow('fetch failed');
  });

  it('is stopped too when asking it fails', async () => {
    let used = '';
    const asking = withEngine(engine(SERVER), (url) => {
      used = url;
      return Promise.reject(new Error('no report'));
    });

    await expect(asking).rejects.toThrow('no report');
    await expect(ask(used)).rejects.toThrow('fetch failed');
  });

  it('that ends before it listens cannot be asked, and its last words say why', async () => {
    const script = `console.error('No module named engine'); process.exitCode = 3;`;

    await expect(withEngine(engine(script), ask)).rejects.toThrow(
      'the engine ended with exit code 3 before it listened; it wrote:\nNo module named engine',
    );
  });

  it('that is not there cannot be asked', async () => {
    const missing = { ...engine(''), command: 'no-such-engine' };

    await expect(withEngine(missing, ask)).rejects.toThrow('spawn no-such-engine ENOENT before it listened');
  });
});
