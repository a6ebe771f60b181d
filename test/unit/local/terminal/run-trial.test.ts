import { describe, expect, it } from 'vitest';
import { parseOptions } from '#local/terminal/parse-options.ts';
import { runTrial, type Trial } from '#local/terminal/run-trial.ts';

interface Options {
  readonly help: boolean;
}

const verdict = { kept: true, text: 'all is well' };

/** Runs a trial that does this, as the main program would. */
async function trial(run: Trial<Options>['run'], args: readonly string[] = [], isTTY = false) {
  const stdout: unknown[] = [];
  const stderr: unknown[] = [];
  const read = (given: readonly string[]) => ({
    help: parseOptions(given, { help: { type: 'boolean' } }).help ?? false,
  });
  const code = await runTrial({ usage: 'Usage: try it', read, run }, args, {
    stdout: { write: (text: unknown) => stdout.push(text) > 0 },
    stderr: { isTTY, write: (text: unknown) => stderr.push(text) > 0 },
  });
  return { code, stdout: stdout.join(''), stderr: stderr.join('') };
}

describe('a trial of the pipeline', () => {
  it('prints its verdict and ends with 0 when everything was kept', async () => {
    expect(await trial(async () => verdict)).toEqual({ code: 0, stdout: 'all is well\n', stderr: '' });
  });

  it('ends with 1 when something was not, and says what on standard error', async () => {
    const { code, stdout, stderr } = await trial(async () => ({ kept: false, text: '{}', remarks: ['One is lost.'] }));

    expect({ code, stdout, stderr }).toEqual({ code: 1, stdout: '{}\n', stderr: 'One is lost.\n' });
  });

  it('ends with 1 and the message when it fails', async () => {
    const { code, stdout, stderr } = await trial(() => Promise.reject(new Error('The port is taken.')));

    expect({ code, stdout, stderr }).toEqual({ code: 1, stdout: '', stderr: 'The port is taken.\n' });
  });

  it('ends with 2 and its usage when it is wrongly called', async () => {
    const { code, stdout, stderr } = await trial(async () => verdict, ['--wrong']);

    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(/'--wrong'.*\n\nUsage: try it\n$/s);
  });

  it('prints its usage when it is asked for help, and does nothing', async () => {
    expect(await trial(() => Promise.reject(new Error('It ran.')), ['--help'])).toEqual({
      code: 0,
      stdout: 'Usage: try it\n',
      stderr: '',
    });
  });

  it('tells each step once where nobody sees a bar', async () => {
    const { stderr } = await trial(async (_, progress) => {
      for (const done of [1, 2]) progress('events', done, 2);
      return verdict;
    });

    expect(stderr).toBe('events …\n');
  });

  it.each([
    ['it ends', async () => verdict],
    ['it fails', () => Promise.reject(new Error('no'))],
  ])('takes its bar off the terminal when %s', async (_, end) => {
    const { stderr } = await trial(
      async (_options, progress) => {
        progress('events', 1, 2);
        return await end();
      },
      [],
      true,
    );

    expect(stderr).toContain('░ events 1/2\r\u001b[2K');
  });
});
