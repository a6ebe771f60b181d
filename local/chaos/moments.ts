import type { DomainOrUnrecognized } from '#shared/catalogue/domains.ts';
import type { Random } from '#shared/random/seeded-random.ts';
import type { Fault } from '../faults/fault.ts';
import type { ApiFault } from '../stripe/api/api-faults.ts';
import type { Telling } from './tellings.ts';

/** What happens to the whole pipeline at one moment of a run. */
export type Happening =
  | { readonly what: 'storm'; readonly fault: Omit<Fault, 'onMet'> }
  /** Somebody sends a message that is no event to a domain's queue. */
  | { readonly what: 'junk'; readonly domain: DomainOrUnrecognized }
  /** Somebody who does not know the secret posts the next forged event. */
  | { readonly what: 'forgery' }
  /** Stripe tells a change by itself. */
  | { readonly what: 'telling'; readonly telling: Telling }
  /** Stripe's API fails whoever asks. */
  | { readonly what: 'Stripe fails'; readonly fault: ApiFault }
  | { readonly what: 'restart' }
  /** The operator stores the new secret beside the old one, and Stripe begins to sign with both. */
  | { readonly what: 'roll the secret' }
  /** The old one ends: Stripe signs with the new one only, and only that is stored. */
  | { readonly what: 'expire the old secret' };

export type Moment = Happening & {
  /** Before which sending. */
  readonly at: number;
};

/**
 * What EventBridge sends to a rule's DLQ. It tries that once: where the queue refuses an event and the DLQ is throttled in
 * the same moment, AWS loses it too, an alarm says so, and a replay of the archive brings it back. Here each comes alone.
 */
const LAST_RESORT = '-dlq\n';

/** Errors of a whole service for a while, whoever calls it. */
const STORMS: readonly Omit<Fault, 'onMet'>[] = [
  { service: 'dynamodb', operation: '*', times: 30, error: 'ProvisionedThroughputExceededException' },
  { service: 'dynamodb', operation: '*', times: 15, error: 'InternalServerError' },
  { service: 'dynamodb', operation: '*', times: 10, error: 'drop-answer' },
  { service: 'events', operation: 'PutEvents', times: 12, error: 'ThrottlingException' },
  { service: 'events', operation: 'PutEvents', times: 6, error: 'drop-answer' },
  { service: 'sqs', operation: 'SendMessage', except: LAST_RESORT, times: 20, error: 'ThrottlingException' },
  { service: 'sqs', operation: 'ReceiveMessage', times: 6, error: 'ServiceUnavailable' },
  { service: 'sqs', operation: 'DeleteMessageBatch', times: 6, error: 'drop-answer' },
  { service: 'sqs', operation: 'ChangeMessageVisibility', times: 6, error: 'ServiceUnavailable' },
  { service: 's3', operation: '*', times: 6, error: 'SlowDown' },
  { service: 'secretsmanager', operation: '*', times: 6, error: 'InternalServiceError' },
];

/** How Stripe's API fails for a while. A 401 is for good: its notification is parked until the redrive. */
const STRIPE_FAILS: readonly (ApiFault & { readonly times: number })[] = [
  { path: '/', answer: 503, times: 4 },
  { path: '/', answer: 429, retryAfter: 1, times: 3 },
  { path: '/', answer: 'drop', times: 3 },
  { path: '/', answer: 401, times: 1 },
  { path: '/', answer: 'normal', latencyMs: 2_000, times: 3 },
  { path: '/', answer: 500, times: 4 },
];

/** A short run tells little, and of that little Stripe is asked seldom: it fails less often there. */
const TELLINGS_PER_FAILURE = 10;

const LITTERED: readonly DomainOrUnrecognized[] = ['core', 'billing', 'products', 'unrecognized'];

/** Sendings between two storms, and between two pieces of junk or forgeries. */
const STORM_EVERY = 150;
const PEST_EVERY = 200;

/**
 * When what happens to the whole: storms in turn, so that each kind comes; the secret is rolled, the runtime restarted
 * under load, and the old secret expired after that.
 * @param sendings how many there are
 * @param tellings spread over the first nine tenths of them
 */
export function planMoments(sendings: number, random: Random, tellings: readonly Telling[]): readonly Moment[] {
  const within = (from: number, to: number) =>
    Math.floor(sendings * (from + ((to - from) * random.below(1_000)) / 1_000));
  const each = (every: number, make: (turn: number) => Happening): Moment[] =>
    Array.from({ length: Math.ceil(sendings / every) }, (_, turn) => {
      return { ...make(turn), at: Math.min(sendings - 1, turn * every + random.below(every)) };
    });
  const moments: Moment[] = [
    ...each(STORM_EVERY, (turn) => ({ what: 'storm', fault: STORMS[turn % STORMS.length] ?? random.pick(STORMS) })),
    ...each(PEST_EVERY, () => ({ what: 'junk', domain: random.pick(LITTERED) })),
    ...each(PEST_EVERY, () => ({ what: 'forgery' })),
    { what: 'roll the secret', at: within(0.2, 0.4) },
    { what: 'restart', at: within(0.45, 0.6) },
    { what: 'expire the old secret', at: within(0.65, 0.8) },
  ];
  const spread = (index: number, of: number) => Math.floor((sendings * 0.9 * index) / of);
  moments.push(
    ...tellings.map((telling, i): Moment => ({ what: 'telling', telling, at: spread(i, tellings.length) })),
    ...STRIPE_FAILS.map((fault, i): Moment => {
      const times = Math.min(fault.times, Math.ceil(tellings.length / TELLINGS_PER_FAILURE));
      // In the first half: enough must still be told that each failure is met in full.
      return { what: 'Stripe fails', fault: { ...fault, times }, at: spread(i, STRIPE_FAILS.length * 2) };
    }),
  );
  return moments.toSorted((a, b) => a.at - b.at);
}
