import type { Verdict } from '#local/terminal/run-trial.ts';

/** What a run without a finding showed. */
export interface FuzzTally {
  readonly requests: number;
  /** Requests by what they were answered: the status code, and the outcome or the code of the error. */
  readonly answers: ReadonlyMap<string, number>;
  /** Requests that stripe-node trusts and we refuse by design, by code. */
  readonly stricter: ReadonlyMap<string, number>;
  /** Bytes that the heap grew by between the first tenth and the end. */
  readonly growth: number;
}

const MIB = 2 ** 20;
/** Most bytes that the heap may grow by. */
const MAX_GROWTH = 8 * MIB;

/** Judges a run of which no request was a finding. The last line of the text says whether it passed, or why not. */
export function fuzzVerdict({ requests, answers, stricter, growth }: FuzzTally): Verdict {
  const failure = failureOf({ requests, answers, growth });
  const last =
    failure === undefined
      ? `Fuzz: ${requests} requests, 0 answered 5xx, 0 thrown, 0 accepted that stripe-node refuses; heap ${mib(growth)} MiB more at the end than after a tenth (bound ${mib(MAX_GROWTH)}).`
      : `Fuzz: FAILED: ${failure}`;
  const lines = [
    ...[...answers].toSorted(([, a], [, b]) => b - a).map(([answer, count]) => `${answer}: ${count}`),
    ...[...stricter].map(([code, count]) => `stricter than stripe-node by design, ${code}: ${count}`),
    last,
  ];
  return { kept: failure === undefined, text: lines.join('\n') };
}

function failureOf({ requests, answers, growth }: Omit<FuzzTally, 'stricter'>): string | undefined {
  if (!answers.has('200 accepted'))
    return `none of ${requests} requests was accepted, so nothing behind the signature was tried; give more --inputs.`;
  if (growth <= MAX_GROWTH) return undefined;
  return `the heap is ${mib(growth)} MiB larger at the end of ${requests} requests than after a tenth; at most ${mib(MAX_GROWTH)} were expected.`;
}

function mib(bytes: number): string {
  return (bytes / MIB).toFixed(1);
}
