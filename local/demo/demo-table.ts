import type { DemoOutcome } from './run-demo.ts';

/** The result as a table a person can read, with a verdict. */
export function demoTable({ result, faults }: DemoOutcome, peakRssMb: number, timeScale: number): string {
  const { eventTypes, thin, duplicates, rejected, unrecognized, oversize, outOfOrder, tied, deadLetters, lost } =
    result;
  const refused = Object.values(rejected).reduce((sum, count) => sum + count, 0);
  const rows: readonly (readonly [string, string])[] = [
    ['Event types sent', `${eventTypes.sent}`],
    ['  on the bus', `${eventTypes.published} / ${eventTypes.sent}`],
    ['  handled', `${eventTypes.handled} / ${eventTypes.sent}`],
    ['  latest state kept', `${eventTypes.projected} / ${eventTypes.sent}`],
    ['Thin types sent', `${thin.sent}`],
    ['  resolved', `${thin.resolved} / ${thin.sent}`],
    ['  handled', `${thin.handled} / ${thin.sent}`],
    ['Duplicates sent', `${duplicates.sent}, published again: ${duplicates.publishedAgain}`],
    ...(duplicates.unanswered > 0
      ? [['  for want of an answer', `${duplicates.unanswered}`] satisfies [string, string]]
      : []),
    ['Unheard-of type', `${unrecognized.handled} / ${unrecognized.sent} handled by "unrecognized"`],
    ['Event of 1.5 MB', `${oversize.handled} / ${oversize.sent} handled, its object kept in S3`],
    ['Out of order', outOfOrder.latestKept ? 'the newer state was kept' : 'THE OLDER STATE WON'],
    ['Tied events', tied.settled ? "settled by what Stripe's API says now" : 'NOT SETTLED'],
    ['Wrong requests', `${refused} refused`],
    ...Object.entries(rejected).map(([code, count]): [string, string] => [`  ${code}`, `${count}`]),
    [
      'Dead letters',
      `${deadLetters.parked} parked, ${deadLetters.redriven} redriven, ${deadLetters.handledAfter} handled after`,
    ],
    ['  redriven with', 'fanout dlq redrive billing --local --yes'],
    ['Lost', `${lost}`],
    ['Time', `${(result.elapsedMs / 1000).toFixed(1)} s, waiting of queues divided by ${timeScale}`],
    ['Memory at its peak', `${peakRssMb} MB`],
  ];
  const width = Math.max(...rows.map(([name]) => name.length));
  const lines = rows.map(([name, value]) => `  ${name.padEnd(width)}  ${value}`);
  const verdict =
    faults.length === 0
      ? ['Nothing was lost. Next: `npm run dev`, then `npm run fanout -- send invoice.paid` in another terminal.']
      : ['This must not happen:', ...faults.map((fault) => `  ${fault}`)];
  return ['', ...lines, '', ...verdict].join('\n');
}
