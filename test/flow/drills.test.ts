import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readAssembly } from '#local/assembly/read-assembly.ts';
import { resolveAssembly } from '#local/assembly/resolve-assembly.ts';
import { Drill } from '#local/drill/drill.ts';
import { drillAlarm } from '#local/drill/drill-alarm.ts';
import { drillWorld } from '#local/drill/drill-world.ts';
import type { Said } from '#local/drill/said.ts';
import type { Scenario } from '#local/drill/scenario.ts';
import { SCENARIOS } from '#local/drill/scenarios.ts';
import { runAwsCommand } from './run-aws-command.ts';
import { cli, runCli, startCli } from './run-cli.ts';
import { SECRET, startPipeline, TIME_SCALE } from './start-pipeline.ts';

let pipeline: Awaited<ReturnType<typeof startPipeline>>;
beforeAll(async () => {
  pipeline = await startPipeline();
});
afterAll(() => pipeline[Symbol.asyncDispose]());

/** A drill on the shared pipeline, and what it said so far. */
async function begin(scenario: Scenario) {
  const { runtime } = pipeline;
  const stopping = new AbortController();
  const handled = { has: (id: string) => pipeline.handledBy(id).length > 0 };
  const surroundings = { runtime, stage: 'dev', timeScale: TIME_SCALE, handled, secret: SECRET };
  const world = drillWorld({ ...surroundings, signal: stopping.signal });
  const resolved = resolveAssembly(readAssembly('cdk.out'), { aws: runtime.awsUrl, api: runtime.url });
  const alarm = drillAlarm(resolved, 'dev', scenario.alarm);
  const said: Said[] = [];
  const drill = new Drill({
    scenario,
    world,
    alarm,
    page: readFileSync(`docs/runbooks/${alarm.runbook}`, 'utf8'),
    complaints: () => [],
    say: (one) => said.push(one),
    signal: stopping.signal,
  });
  const last = (event: Said['event']) => said.findLast((one) => one.event === event);
  const ended = drill.run().finally(() => world.close());
  await expect.poll(() => last('alarm')).toBeDefined();
  return { drill, ended, last, said, quit: () => stopping.abort() };
}

/** What a person pastes into a shell. */
async function paste(command: string): Promise<unknown> {
  const words = Array.from(
    command.replaceAll('$STAGE', 'dev').matchAll(/"([^"]*)"|'([^']*)'|(\S+)/g),
    ([, a, b, c]) => a ?? b ?? c ?? '',
  );
  const aws = words.indexOf('aws');
  if (aws >= 0) return runAwsCommand(pipeline, words.slice(aws + 1));
  const [npm, run, silent, fanout, dashes, ...args] = words;
  expect([npm, run, silent, fanout, dashes]).toEqual(['npm', 'run', '-s', 'fanout', '--']);
  const { code, stdout, stderr } = await runCli(args);
  // 1 is an answer: of doctor, that something is wrong.
  expect(code, `${command}\n${stdout}${stderr}`).toBeLessThan(2);
  return stdout;
}

/** Who reads a secret: an instance asks for a changed one once a minute, a new instance does at once. */
const READERS: Readonly<Record<string, string>> = {
  'bad-secret': 'stripe-fanout-dev-ingress',
  'revoked-key': 'stripe-fanout-dev-resolver',
};
const newReader = (scenario: string) => pipeline.runtime.killWorkers(READERS[scenario] ?? '');

/** What ends by itself is over before anything is redriven, as the page says. */
async function over(scenario: string): Promise<void> {
  if (scenario !== 'rate-limited') return;
  await expect.poll(() => pipeline.runtime.stripe?.faults.list()).toEqual([]);
  // A try that was on its way then may be the one after which a message is given up.
  await pipeline.runtime.settled();
}

/** What a person changes in a page's commands, having looked. */
const CHANGED: Readonly<Record<string, (command: string) => string>> = {
  'bad-secret': (command) => command.replaceAll('whsec_…', `${SECRET}_rolled`),
  'revoked-key': (command) => command.replace('rk_live_…', 'rk_live_local').replace('rk_test_…', 'rk_test_local'),
  'poison-message': (command) => command.replace(/--ids \S+/, '--error not_an_event'),
};

describe('each scenario of the drill', () => {
  it.each(SCENARIOS)(
    '$name brings the alarm of its page on, and is mended by the commands of the page',
    async (scenario) => {
      const { drill, ended, last } = await begin(scenario);
      await drill.typed('page');
      const commands = last('page')?.data.commands as string[];
      expect(commands.length).toBeGreaterThan(1);

      // Where the page has no command for it, the text says to mend the cause first.
      if (!commands.includes('deploy')) await drill.typed('deploy');
      for (const command of commands) {
        if (command === 'deploy') await drill.typed('deploy');
        else {
          if (command.includes('dlq redrive')) await over(scenario.name);
          // What was redriven in vain has come back before it is put aside.
          if (command.includes('dlq park')) await pipeline.runtime.settled();
          await paste(CHANGED[scenario.name]?.(command) ?? command);
        }
        // What would otherwise take a minute, as the page says.
        if (command.includes('put-secret-value')) await newReader(scenario.name);
      }

      expect(await ended, last('status')?.text).toBe(true);
      await newReader(scenario.name);
      expect(last('alarm')?.text).toContain(`"stripe-fanout-dev-${scenario.alarm}"`);
      expect(last('ended')?.data).toMatchObject({ ending: 'mended', scenario: scenario.name, hints: 0 });
    },
  );
});

describe('a drill', () => {
  const named = (name: string) => SCENARIOS.find((scenario) => scenario.name === name) as Scenario;

  it('wakes the person by the overall alarm when it is a page, and links the runbook', async () => {
    const { quit, ended, last } = await begin(named('dead-consumer'));
    quit();

    expect(await ended).toBe(false);
    expect(last('alarm')?.data).toMatchObject({ severity: 'page', runbook: 'docs/runbooks/late.md' });
    expect(last('alarm')?.text).toMatch(
      /needs-a-person-now".*billing-is-late".*Runbook: docs\/runbooks\/late\.md.*OK -> ALARM/s,
    );
    expect(last('ended')?.data).toMatchObject({ ending: 'given up' });
  });

  it('gives hints one by one when asked, tells what is open and not why, and answers what it does not know', async () => {
    const { drill, quit, ended, last, said } = await begin(named('dead-consumer'));

    for (const line of ['hint', 'HINT', 'hint', 'hint', 'status', 'what now', '']) await drill.typed(line);
    quit();
    await ended;

    const hints = said.filter(({ event }) => event === 'hint').map(({ data }) => data.left);
    expect(hints).toEqual([2, 1, 0, 0]);
    expect(last('status')?.text).toMatch(
      /3 events are not handled, 3 messages wait in the queue of billing; one is evt_/,
    );
    expect(last('help')?.text).toContain('hint');
    expect(last('ended')?.text).toContain('with 3 hints');
  });

  it('does not take a purge for mended', async () => {
    const { ended, last } = await begin(named('poison-message'));

    await cli(pipeline, 'dlq', 'purge', 'core', '--count', '2');

    expect(await ended).toBe(false);
    expect(last('ended')?.data).toMatchObject({ ending: 'lost' });
  });
});

describe('npm run drill', () => {
  it('runs from the alarm to the end without a terminal, and exits with 0', async () => {
    const args = ['local/drill.ts', '--json', '--scenario', 'dead-consumer', '--port', '0', '--aws-port', '0'];
    const child = spawn(process.execPath, args, { stdio: ['pipe', 'pipe', 'ignore'] });
    const code = new Promise((resolve) => child.once('close', resolve));
    const told: Record<string, unknown>[] = [];
    for await (const line of createInterface({ input: child.stdout })) {
      told.push(JSON.parse(line));
      if (told.at(-1)?.event !== 'alarm') continue;
      child.stdin.write('hint\n');
      await startCli(['resume', 'billing', '--local', String(told[0]?.url)]).ended;
    }

    expect(told.map(({ event }) => event)).toEqual(['begun', 'alarm', 'hint', 'ended']);
    expect(told.at(-1)).toMatchObject({ ending: 'mended', hints: 1, cause: expect.stringContaining('paused') });
    expect(await code).toBe(0);
  });

  it.each([
    [['--scenario', 'dead-consumr'], 2, 'Did you mean dead-consumer?'],
    [['--list'], 0, 'dead-consumer      billing is late'],
  ])('ends %j with %i', async (args, wanted, told) => {
    const child = spawn(process.execPath, ['local/drill.ts', ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
    const code = new Promise((resolve) => child.once('close', resolve));

    expect((await Promise.all([text(child.stdout), text(child.stderr)])).join('')).toContain(told);
    expect(await code).toBe(wanted);
  });
});
