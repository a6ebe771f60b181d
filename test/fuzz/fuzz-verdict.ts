import type { Verdict } from '#local/terminal/run-trial.ts';

/** What a run without a finding showed. */
export interface FuzzTally {
  readonly requests: number;
  /** Random requests by what they were answered: the status code, and the outcome or the code of the error. */
  readonly answers: ReadonlyMap<string, number>;
  /** Requests that stripe-node trusts and we refuse by design, by code. */
  readonly stricter: ReadonlyMap<string, number>;
  /** Accepted events that were too large for the bus: it got a reference to each. */
  readonly byReference: number;
  /** Requests refused because a secret of the other destination had signed them. */
  readonly signedForOther: number;
  /** Bytes that the heap and the buffers outside it grew by between the first tenth and the end. */
  readonly growth: number;
}

/** What stripe-node lets pass and we refuse, by design: the signature holds, and the rest is not for us. */
export const STRICTER: ReadonlySet<string> = new Set([
  'body_not_json',
  'not_a_stripe_event',
  'destination_mismatch',
  'body_too_large',
  // A second `t=`, or one that is not a plain number: libraries differ on what was signed then.
  'signature_malformed',
  // stripe-node looks at the past alone.
  'timestamp_outside_tolerance',
]);
/** As many requests as a run in CI has meet each of these; fewer may not. */
const MEET_ALL = 20_000;

const MIB = 2 ** 20;
/** Most bytes that memory may grow by. */
const MAX_GROWTH = 4 * MIB;

/** Judges a run of which no request was a finding. The last line of the text says whether it passed, or why not. */
export function fuzzVerdict(tally: FuzzTally): Verdict {
  const { requests, answers, stricter, byReference, signedForOther, growth } = tally;
  const failure = failureOf(tally);
  const last =
    failure === undefined
      ? `Fuzz: ${requests} requests, 0 answered 5xx, 0 thrown, 0 accepted that stripe-node refuses; memory ${mib(growth)} MiB more at the end than after a tenth (bound ${mib(MAX_GROWTH)}).`
      : `Fuzz: FAILED: ${failure}`;
  const lines = [
    ...[...answers].toSorted(([, a], [, b]) => b - a).map(([answer, count]) => `${answer}: ${count}`),
    ...[...stricter].map(([code, count]) => `stricter than stripe-node by design, ${code}: ${count}`),
    `too large for the bus, published by reference: ${byReference}`,
    `signed with a secret of the other destination, refused: ${signedForOther}`,
    last,
  ];
  return { kept: failure === undefined, text: lines.join('\n') };
}

function failureOf({
  requests,
  answers,
  stricter,
  byReference,
  signedForOther,
  growth,
}: FuzzTally): string | undefined {
  if (!answers.has('200 accepted'))
    return `none of ${requests} requests was accepted, so nothing behind the signature was tried; give more --inputs.`;
  if (signedForOther === 0)
    return `none of ${requests} requests was refused for being signed with a secret of the other destination; give more --inputs.`;
  const unseen = requests < MEET_ALL ? [] : [...STRICTER].filter((code) => !stricter.has(code));
  if (unseen.length > 0)
    return `none of ${requests} requests that stripe-node trusts was refused with ${unseen.join(', ')}; the requests no longer reach that, or nothing says it any more.`;
  if (byReference === 0) return 'no event was published by reference; those above the limit of the bus should be.';
  if (growth <= MAX_GROWTH) return undefined;
  return `memory is ${mib(growth)} MiB larger at the end of ${requests} requests than after a tenth; at most ${mib(MAX_GROWTH)} were expected.`;
}

function mib(bytes: number): string {
  return (bytes / MIB).toFixed(1);
}
