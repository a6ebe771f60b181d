import type { Duration } from 'aws-cdk-lib';
import { visibilityTimeout } from '../constructs/visibility-timeout.ts';
import { handlerTimeout } from './handler-timeout.ts';
import type { StripeEventSubscriptionProps } from './subscription-props.ts';
import { type KnownTarget, knownTarget, type TargetKind } from './subscription-target.ts';

/** Options that only some targets have a use for. */
const TAKEN_BY: Partial<Record<keyof StripeEventSubscriptionProps, readonly TargetKind[]>> = {
  batchSize: ['function'],
  batchingWindow: ['function'],
  maxConcurrency: ['function'],
  maxReceiveCount: ['function'],
  visibilityTimeout: ['function'],
  handlerTimeout: ['function', 'queue'],
  fifo: ['function', 'queue'],
  lateAfter: ['function', 'queue'],
  transform: ['function', 'queue', 'state machine', 'API destination'],
};

/** Bytes that a target takes as input, where that is less than EventBridge's megabyte. */
const INPUT_LIMIT: Partial<Record<TargetKind, number>> = { 'state machine': 262_144, 'API destination': 262_144 };
/** What EventBridge puts around an event: ids, time, source, and names of at most 128 characters. */
const ENVELOPE_BYTES = 1_024;
/** SQS's longest, in seconds. */
const LONGEST_VISIBILITY = 43_200;

/** What keeps a subscription's events from reaching its target. One sentence per problem, with what to write instead. */
export function targetProblems(props: StripeEventSubscriptionProps): string[] {
  const known = knownTarget(props.target);
  const shape = [...unusedOptions(props, known.kind), ...rangeProblems(props)];
  // Only numbers in their ranges can be compared.
  if (shape.length > 0) return shape;
  return [...fifoProblems(props, known), ...timeoutProblems(props, known), ...sizeProblem(props, known)];
}

function unusedOptions(props: StripeEventSubscriptionProps, kind: TargetKind): string[] {
  return Object.entries(TAKEN_BY).flatMap(([option, kinds]) =>
    option in props && props[option as keyof typeof props] !== undefined && !kinds.includes(kind)
      ? [`${option} means nothing for a ${kind} as a target: it is for a ${kinds.join(' or a ')}. Leave it out.`]
      : [],
  );
}

function rangeProblems({
  fifo,
  batchSize = 10,
  batchingWindow,
  maxConcurrency = 10,
  maxReceiveCount = 5,
}: StripeEventSubscriptionProps) {
  const window = batchingWindow?.toSeconds() ?? 0;
  return [
    ...inRange('batchSize', batchSize, 1, 10_000),
    ...inRange('batchingWindow', window, 0, 300),
    ...inRange('maxConcurrency', maxConcurrency, 2, 1_000),
    ...inRange('maxReceiveCount', maxReceiveCount, 1, 1_000),
    ...(batchSize > 10 && window < 1 && !fifo
      ? [
          `batchSize is ${batchSize}, and SQS hands out ten at once: give more time with batchingWindow, a second or more.`,
        ]
      : []),
  ];
}

function fifoProblems({ fifo, batchSize = 10, batchingWindow }: StripeEventSubscriptionProps, known: KnownTarget) {
  if (known.kind === 'queue' && fifo !== undefined && fifo !== known.target.fifo) {
    return [`fifo is ${fifo} and the queue is ${known.target.fifo ? 'a FIFO' : 'a standard'} one: leave fifo out.`];
  }
  if (!fifo) return [];
  return [
    ...(batchSize > 10 ? [`batchSize is ${batchSize}, and a FIFO queue gives ten: write 1 to 10.`] : []),
    ...(batchingWindow ? ['batchingWindow is not for FIFO queues: leave it out.'] : []),
  ];
}

function timeoutProblems(props: StripeEventSubscriptionProps, known: KnownTarget): string[] {
  if (known.kind !== 'function') return [];
  const timeout = props.handlerTimeout ?? handlerTimeout(known.target);
  if (timeout === undefined) {
    return [
      "The function's timeout is not known here, and the queue's visibility follows from it: say handlerTimeout.",
    ];
  }
  const own = handlerTimeout(known.target);
  if (own !== undefined && own.toSeconds() > timeout.toSeconds()) {
    return [
      `handlerTimeout is ${shown(timeout)}, and the function's own timeout is ${shown(own)}: leave handlerTimeout out.`,
    ];
  }
  const seconds = timeout.toSeconds();
  const least = visibilityTimeout(seconds, props.batchingWindow?.toSeconds() ?? 0);
  const visibility = props.visibilityTimeout?.toSeconds() ?? least;
  if (visibility > LONGEST_VISIBILITY)
    return [`visibilityTimeout is ${visibility} s: SQS takes up to ${LONGEST_VISIBILITY} s.`];
  if (visibility >= least) return [];
  return [
    `visibilityTimeout is ${visibility} s, but the function may take ${seconds} s: a batch that is throttled would come ` +
      `back while it is still worked on. Leave it out, or write at least ${least} s (six timeouts and the batching window).`,
  ];
}

function sizeProblem({ bus, transform }: StripeEventSubscriptionProps, { kind }: KnownTarget): string[] {
  const limit = INPUT_LIMIT[kind];
  if (limit === undefined || transform !== undefined || bus.inlineLimitBytes + ENVELOPE_BYTES <= limit) return [];
  return [
    `The stage puts events of up to ${bus.inlineLimitBytes} bytes on its bus, and a ${kind} takes ${limit}: let transform ` +
      `hand on what it needs, put a queue and a function before it, or have inlineLimitBytes lowered to ${limit - ENVELOPE_BYTES}.`,
  ];
}

function inRange(name: string, value: number, least: number, most: number): string[] {
  if (Number.isInteger(value) && value >= least && value <= most) return [];
  return [`${name} is ${value}: write a whole number from ${least} to ${most}.`];
}

function shown(duration: Duration): string {
  return `${duration.toSeconds()} s`;
}
