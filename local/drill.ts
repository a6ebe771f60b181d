import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface, type Interface } from 'node:readline';
import { DEFAULT_STAGE } from '#shared/naming/resource-names.ts';
import { readAssembly } from './assembly/read-assembly.ts';
import { resolveAssembly } from './assembly/resolve-assembly.ts';
import { HandledLog } from './demo/handled-log.ts';
import { Complaints } from './drill/complaints.ts';
import { Drill } from './drill/drill.ts';
import { drillAlarm } from './drill/drill-alarm.ts';
import { DRILL_USAGE, type DrillArguments, drillArguments } from './drill/drill-arguments.ts';
import { drillWorld } from './drill/drill-world.ts';
import type { Said } from './drill/said.ts';
import type { Scenario } from './drill/scenario.ts';
import { SCENARIOS } from './drill/scenarios.ts';
import { PortInUse } from './listen.ts';
import { startRuntime } from './runtime.ts';
import { synthesize } from './synthesize.ts';
import { UsageError } from './terminal/usage-error.ts';

const ROOT = join(import.meta.dirname, '..');
const SECRET = 'whsec_drill';
/** What takes hours in production takes seconds here. */
const TIME_SCALE = 3_600;

const stopping = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => stopping.abort());

try {
  const options = drillArguments(process.argv.slice(2));
  if (options.help) console.log(DRILL_USAGE);
  else if (options.list) console.log(listed(options.json));
  else process.exitCode = (await drill(options)) ? 0 : 1;
  // Everything has been ended; a terminal that is still read must not keep the process.
  process.exit();
} catch (thrown) {
  console.error(thrown instanceof Error ? thrown.message : thrown);
  if (thrown instanceof UsageError) console.error(`\n${DRILL_USAGE}`);
  if (thrown instanceof PortInUse) console.error('Choose another one with --port or --aws-port; 0 takes any.');
  process.exit(thrown instanceof UsageError ? 2 : stopping.signal.aborted ? 0 : 1);
}

function listed(json: boolean): string {
  const width = Math.max(...SCENARIOS.map(({ name }) => name.length));
  return json
    ? JSON.stringify(SCENARIOS.map(({ name, summary, alarm }) => ({ name, summary, alarm })))
    : SCENARIOS.map(({ name, summary }) => `${name.padEnd(width)}  ${summary}`).join('\n');
}

async function drill({ scenario = anyOf(SCENARIOS), json, port, awsPort, minutes }: DrillArguments): Promise<boolean> {
  const terminal = createInterface({
    input: process.stdin,
    output: process.stdout,
    terminal: process.stdin.isTTY === true && process.stdout.isTTY === true && !json,
    prompt: 'drill> ',
  });
  const say = ({ event, data, text }: Said) => {
    console.log(json ? JSON.stringify({ event, ...data }) : `\n${text}`);
    if (terminal.terminal && event !== 'begun' && event !== 'ended') terminal.prompt();
  };
  const signal = AbortSignal.any([stopping.signal, AbortSignal.timeout(minutes * 60_000)]);
  console.error('Synthesizing the stacks …');
  const assembly = join(ROOT, 'dist', 'drill');
  await synthesize({ output: assembly, stage: DEFAULT_STAGE, signal });
  const handled = new HandledLog();
  const complaints = new Complaints();
  const log = (name: string, line: string) => {
    handled.sink(name, line);
    complaints.sink(name, line);
  };
  const given = { assembly, port, awsPort, stripePort: 0, timeScale: TIME_SCALE, signingSecret: SECRET, log };
  const runtime = await startRuntime(given);
  const surroundings = { runtime, stage: DEFAULT_STAGE, timeScale: TIME_SCALE, handled: handled.byEvent };
  const world = drillWorld({ ...surroundings, secret: SECRET, signal });
  try {
    const resolved = resolveAssembly(readAssembly(assembly), { aws: runtime.awsUrl, api: runtime.url });
    const alarm = drillAlarm(resolved, DEFAULT_STAGE, scenario.alarm);
    const page = await readFile(join(ROOT, 'docs', 'runbooks', alarm.runbook), 'utf8');
    const shown = () => complaints.lines;
    const current = new Drill({ scenario, world, alarm, page, complaints: shown, say, signal });
    const { url, awsUrl } = runtime;
    const text = `You are on call for the pipeline at ${url}. Something is about to break …`;
    say({ event: 'begun', data: { url, awsUrl }, text });
    void listen(terminal, current);
    return await current.run();
  } finally {
    terminal.close();
    world.close();
    await runtime.stop();
  }
}

/** Hands the drill what is typed here. */
async function listen(terminal: Interface, drill: Drill): Promise<void> {
  // In a terminal that it reads, readline takes Ctrl-C for itself.
  terminal.on('SIGINT', () => stopping.abort());
  for await (const line of terminal) {
    if (['quit', 'exit'].includes(line.trim())) return stopping.abort();
    await drill.typed(line);
  }
}

function anyOf(scenarios: readonly Scenario[]): Scenario {
  const found = scenarios[Math.floor(Math.random() * scenarios.length)];
  if (found === undefined) throw new Error('There are no scenarios.');
  return found;
}
