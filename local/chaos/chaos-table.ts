import type { ChaosResult } from './chaos-result.ts';

/** The result as a table a person can read, with the broken laws and a last line that sums it up. */
export function chaosTable(result: ChaosResult, broken: readonly string[]): string {
  const { partner, published, deadLetters, objects, trouble, events, seed } = result;
  const rows: readonly (readonly [string, string])[] = [
    ['Events', `${events}, in ${result.deliveries} deliveries`],
    ...Object.entries(result.answers).map(([answer, count]) => [`  ${answer}`, `${count}`] as const),
    [
      'Over the partner bus',
      `${partner.alone} alone, ${partner.both} also by webhook; ${partner.again} more than once`,
    ],
    [
      'Told thin by Stripe',
      `${result.told.thin}, and ${result.told.twins} with their snapshot twin; lost: ${result.told.lost}`,
    ],
    ['Trouble', `${Object.values(trouble.struck).reduce((sum, count) => sum + count, 0)} times`],
    ...Object.entries(trouble.struck).map(([name, count]) => [`  ${name}`, `${count}`] as const),
    ['Invocations killed', `${trouble.killedInvocations}`],
    ['Forgeries refused', `${trouble.forgeriesRefused}`],
    [
      'Dead letters',
      `${deadLetters.parked}, ${deadLetters.redriven} redriven, of which ${deadLetters.cameBack} once more; ${deadLetters.left} left`,
    ],
    [
      'Published again',
      `${published.again}; outcomes unknown: ${published.unknownOutcomes}, counted: ${published.counted}`,
    ],
    ['Handled again', `${result.handledAgain}`],
    ['Objects', `${objects.expected - objects.wrong} / ${objects.expected} in their right last state`],
    ['Lost', `${result.lost}`],
    ['Time', `${(result.elapsedMs / 1000).toFixed(1)} s`],
  ];
  const width = Math.max(...rows.map(([name]) => name.length));
  const lines = rows.map(([name, value]) => `  ${name.padEnd(width)}  ${value}`);
  const schedule = `seed ${seed}, schedule ${result.schedule}`;
  const verdict =
    broken.length === 0
      ? [`Chaos: ${events} events, 0 lost, ${objects.expected} objects in their right last state (${schedule}).`]
      : [
          'This must not happen:',
          ...broken.map((law) => `  ${law}`),
          `Chaos: ${broken.length} laws broken; \`npm run chaos -- --events ${events} --seed ${seed}\` repeats the schedule (${schedule}).`,
        ];
  return ['', ...lines, '', ...verdict].join('\n');
}
