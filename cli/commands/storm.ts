import type { Arguments, Command, CommandContext, Report } from '../command.ts';
import { urlOf } from '../delivery/target.ts';
import { type Deliveries, LOCAL_RUNTIME, RuntimeClient, RuntimeFault } from '../local-runtime/runtime-client.ts';
import { type StormPlan, stormEmission } from '../local-runtime/storm-plan.ts';
import { LOCAL_OPTION } from '../target/target-options.ts';
import { table } from '../terminal/table.ts';
import { UsageError } from '../usage-error.ts';

/** Milliseconds between two batches, and between two looks at the end. */
const TICK_MS = 100;
/** Most emissions of one request. */
const BATCH = 1_000;

/** `fanout storm`: many events at a set rate through Stripe's stand-in, with a live view. */
export const stormCommand: Command = {
  name: 'storm',
  summary: 'Send many events at a rate to the local runtime, and watch.',
  usage: 'storm',
  options: {
    rate: { type: 'string', value: 'N', help: 'Events a second, 1 to 1000 (default 20).' },
    seconds: { type: 'string', value: 'N', help: 'How long, 1 to 3600 (default 10).' },
    duplicates: {
      type: 'string',
      value: 'SHARE',
      help: 'Share of events that are delivered twice, 0 to 1 (default 0).',
    },
    shuffle: { type: 'boolean', help: 'Deliver out of order, up to two seconds late.' },
    'thin-share': { type: 'string', value: 'SHARE', help: 'Share of thin events, 0 to 1 (default 0).' },
    patience: { type: 'string', value: 'N', help: 'Seconds to wait at the end for what is still tried (default 60).' },
    url: { type: 'string', value: 'URL', help: `Of the local runtime (default ${LOCAL_RUNTIME}).` },
    local: { ...LOCAL_OPTION, help: 'The same, as the other commands take it.' },
  },
  examples: ['storm --rate 50 --seconds 20 --duplicates 0.1 --shuffle --thin-share 0.3'],
  async run(args, context) {
    if (args.positionals.length > 0) throw new UsageError('storm takes options only.');
    const plan = planOf(args, context);
    const patience = number(args, 'patience', 60, 0, 86_400);
    const runtime = new RuntimeClient(urlOf(args.values) ?? LOCAL_RUNTIME, context);
    try {
      await send(plan, runtime, context);
      return report(await end(plan, patience, runtime, context), context);
    } catch (thrown) {
      if (!(thrown instanceof RuntimeFault)) throw thrown;
      return { exitCode: 1, data: { error: { message: thrown.message } }, text: thrown.message };
    }
  },
};

async function send(plan: StormPlan, runtime: RuntimeClient, { now, pause, progress }: CommandContext): Promise<void> {
  const started = now();
  const total = Math.round(plan.rate * plan.seconds);
  let shown = started;
  for (let sent = 0; sent < total; ) {
    const due = Math.min(total, Math.floor(((now() - started) / 1_000) * plan.rate) + 1, sent + BATCH);
    const batch = Array.from({ length: Math.max(0, due - sent) }, (_, i) => stormEmission(sent + i, plan));
    if (batch.length > 0) await runtime.emit(batch);
    sent += batch.length;
    if (now() - shown >= 1_000) {
      shown = now();
      progress(line(await runtime.deliveries(plan.tag)));
    }
    if (sent < total) await pause(TICK_MS);
  }
}

/** Waits until nothing is tried any more, or the patience is over. */
async function end(
  { tag }: StormPlan,
  patience: number,
  runtime: RuntimeClient,
  { now, pause, progress }: CommandContext,
): Promise<Deliveries> {
  const until = now() + patience * 1_000;
  let shown = now();
  for (;;) {
    const deliveries = await runtime.deliveries(tag);
    if (deliveries.pending === 0 || now() >= until) return deliveries;
    if (now() - shown >= 1_000) {
      shown = now();
      progress(line(deliveries));
    }
    await pause(TICK_MS);
  }
}

function report(deliveries: Deliveries, { width, paint }: CommandContext): Report {
  const { events, sent, accepted, duplicates, ignored, failed, pending, refusals, answerMs } = deliveries;
  const lost = failed + pending;
  const reasons = Object.entries(refusals).map(([reason, count]) => `${count} × ${reason}`);
  const rows = [
    ['sent', `${sent}`, `deliveries of ${events} events`],
    ['accepted', `${accepted}`, ''],
    ['duplicates', `${duplicates}`, ''],
    ...(ignored > 0 ? [['ignored', `${ignored}`, 'answered 2xx without being taken']] : []),
    ['refused', `${refused(deliveries)}`, reasons.length > 0 ? `tries: ${reasons.join(', ')}` : ''],
    ['answer', answerMs ? `${answerMs.p50} ms` : '–', answerMs ? `half of all; 95 %: ${answerMs.p95} ms` : ''],
    ...(lost > 0
      ? [
          [
            paint('red', 'not accepted'),
            `${lost}`,
            `${failed} given up, ${pending} still tried; the runtime's log says why`,
          ],
        ]
      : []),
  ];
  return {
    exitCode: lost > 0 ? 1 : 0,
    data: { ...deliveries, refused: refused(deliveries) },
    text: table(rows, width),
  };
}

function line(deliveries: Deliveries): string {
  const { sent, accepted, duplicates, pending, answerMs } = deliveries;
  const times = answerMs ? `, p50 ${answerMs.p50} ms, p95 ${answerMs.p95} ms` : '';
  return `${sent} sent, ${accepted} accepted, ${duplicates} duplicates, ${refused(deliveries)} refused, ${pending} pending${times}`;
}

function refused({ refusals }: Deliveries): number {
  return Object.values(refusals).reduce((sum, count) => sum + count, 0);
}

function planOf(args: Arguments, { uniqueText }: CommandContext): StormPlan {
  return {
    tag: `storm-${uniqueText()}`,
    rate: number(args, 'rate', 20, 1, 1_000),
    seconds: number(args, 'seconds', 10, 1, 3_600),
    duplicates: number(args, 'duplicates', 0, 0, 1),
    thinShare: number(args, 'thin-share', 0, 0, 1),
    shuffle: args.values.shuffle === true,
  };
}

function number({ values }: Arguments, option: string, fallback: number, min: number, max: number): number {
  const given = values[option];
  if (given === undefined) return fallback;
  const value = /^\d*\.?\d+$/.test(String(given)) ? Number(given) : Number.NaN;
  if (value >= min && value <= max) return value;
  throw new UsageError(`--${option} is "${given}"; a number from ${min} to ${max} was expected.`);
}
