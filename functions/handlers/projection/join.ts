import type { ObjectState, Sighting } from '#shared/projection/object-row.ts';
import { byEvent, MAX_TIED, settle } from './settle.ts';

/** What one event says about an object. */
export interface Incoming {
  readonly asOf: number;
  readonly sighting: Sighting;
  /** The object is gone and its key is never given out again. */
  readonly lasting: boolean;
  /** What is held of the object up to this time must be erased. */
  readonly redacts: boolean;
}

/**
 * Adds an event to what is known of its object. The result depends only on the set of events added, never on their
 * order or repetition; a function without effects, so that this can be tested as a law.
 * @param state with the texts of all bodies when `incoming` is of the same time
 * @returns `undefined` when the event changes nothing: it is older, known, or the object is gone for good
 */
export function join(state: ObjectState | undefined, incoming: Incoming): ObjectState | undefined {
  const { asOf, sighting, lasting, redacts } = incoming;
  if (lasting || state?.tombstone) return lasting && isLater(incoming, state) ? tombstone(incoming) : undefined;
  if (redacts) return redact(state, incoming);
  if (state === undefined) return alone(incoming, undefined);
  if (asOf <= (state.redactedAt ?? Number.NEGATIVE_INFINITY) || asOf < state.asOf) return undefined;
  if (asOf > state.asOf) return alone(incoming, state.redactedAt);
  return tie(state, sighting);
}

/** Among deletions of one object the newest counts, and of those of the same time the one with the greater id. */
function isLater({ asOf, sighting }: Incoming, state: ObjectState | undefined): boolean {
  if (!state?.tombstone || asOf > state.asOf) return true;
  return asOf === state.asOf && sighting.event > state.current.event;
}

function tombstone({ asOf, sighting }: Incoming): ObjectState {
  return { asOf, current: withoutBody(sighting), rivals: [], ambiguous: false, tombstone: true };
}

function redact(state: ObjectState | undefined, incoming: Incoming): ObjectState | undefined {
  const { asOf } = incoming;
  const sighting = withoutBody(incoming.sighting);
  const redactedAt = state?.redactedAt ?? Number.NEGATIVE_INFINITY;
  if (state === undefined || asOf > state.asOf) return alone({ asOf, sighting }, asOf);
  // What is newer was seen after the redaction, when Stripe itself no longer had the data.
  if (asOf < state.asOf) return asOf > redactedAt ? { ...state, redactedAt: asOf } : undefined;
  const isKnown = redactedAt === asOf && state.current.event >= sighting.event;
  return isKnown ? undefined : alone({ asOf, sighting }, asOf);
}

function alone({ asOf, sighting }: Pick<Incoming, 'asOf' | 'sighting'>, redactedAt: number | undefined): ObjectState {
  return {
    asOf,
    current: sighting,
    rivals: [],
    ambiguous: false,
    tombstone: false,
    ...(redactedAt === undefined ? {} : { redactedAt }),
  };
}

function tie(state: ObjectState, sighting: Sighting): ObjectState | undefined {
  const known = [state.current, ...state.rivals];
  if (known.some(({ event }) => event === sighting.event)) return undefined;
  // One more than can be compared, so that the row itself shows that there were too many.
  const tied = [...known, sighting].toSorted(byEvent).slice(-(MAX_TIED + 1));
  if (!tied.includes(sighting)) return undefined;
  const { current, ambiguous } = settle(tied);
  return { ...state, current, ambiguous, rivals: tied.filter((other) => other !== current) };
}

function withoutBody({ event, type, kind, gone }: Sighting): Sighting {
  return { event, type, kind, gone };
}
