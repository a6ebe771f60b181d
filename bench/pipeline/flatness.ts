import { type Figure, median } from '../figure.ts';
import type { PipelineRun } from './pipeline-run.ts';

/**
 * Time per event, and until it is handled, with the fullest ledger over those with the emptiest, in the same round.
 * @returns no figure of a single size, which would be compared with itself
 */
export function flatness(rounds: readonly (readonly PipelineRun[])[]): readonly Figure[] {
  const ends = rounds.flatMap((runs) => {
    const [first, last] = [runs[0], runs.at(-1)];
    return first === undefined || last === undefined || runs.length < 2 ? [] : [{ first, last }];
  });
  if (ends.length === 0) return [];
  const growth = (of: (run: PipelineRun) => number) => median(ends.map(({ first, last }) => of(last) / of(first)));
  return [
    {
      what: 'time per event, fullest ledger over emptiest',
      value: growth(({ eventsPerSecond }) => 1 / eventsPerSecond),
      unit: '×',
      bound: { most: 1.2 },
    },
    {
      what: 'time from created to handled, fullest ledger over emptiest',
      value: growth(({ latencyP50Ms }) => latencyP50Ms),
      unit: '×',
      bound: { most: 1.2 },
    },
  ];
}
