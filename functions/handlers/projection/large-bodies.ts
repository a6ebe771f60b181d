import type { ObjectKey } from '#shared/projection/object-key.ts';
import type { Body, ObjectState, Sighting } from '#shared/projection/object-row.ts';
import type { HandlerPorts } from '../ports.ts';

/** Bytes of text a row holds itself; DynamoDB takes 400 KB with names, keys and everything. */
const ROW_LIMIT = 300_000;
/**
 * Bytes up to which a text always has its place in the row. The eleven events that a row holds at most, each with a
 * body and `previous_attributes` of this size, stay below {@link ROW_LIMIT}.
 */
export const SMALL_TEXT = 12_000;

type Store = Pick<HandlerPorts, 'domain' | 'payloads'>;

/** Fetches the bodies that are not in the row itself: only events of the same time need them, to be compared. */
export async function withTexts(state: ObjectState, { payloads }: Store, signal: AbortSignal): Promise<ObjectState> {
  const load = async (sighting: Sighting): Promise<Sighting> => {
    const { at, text } = sighting.body ?? {};
    if (at === undefined || text !== undefined) return sighting;
    return { ...sighting, body: { at, text: await payloads.get(at, signal) } };
  };
  const [current, rivals] = await Promise.all([load(state.current), Promise.all(state.rivals.map(load))]);
  return { ...state, current, rivals };
}

/**
 * Moves large bodies out of a state that would not fit into a row. Each has a key of its event's own, so that what one
 * handler takes away is never what another has just put there.
 */
export async function withoutLargeTexts(
  state: ObjectState,
  key: ObjectKey,
  { domain, payloads }: Store,
  signal: AbortSignal,
): Promise<ObjectState> {
  const { asOf } = state;
  const all = [state.current, ...state.rivals];
  const isLarge = all.reduce((sum, { body, previous }) => sum + sizeOf(body?.text) + sizeOf(previous), 0) > ROW_LIMIT;
  const store = async (sighting: Sighting): Promise<Sighting> => {
    const { text, at } = sighting.body ?? {};
    if (at !== undefined) return { ...sighting, body: { at } };
    if (!isLarge || text === undefined || sizeOf(text) <= SMALL_TEXT) return sighting;
    const body: Body = { at: await payloads.put(bodyKey(domain, key, { event: sighting.event, asOf }), text, signal) };
    return { ...sighting, body };
  };
  const [current, rivals] = await Promise.all([store(state.current), Promise.all(state.rivals.map(store))]);
  return { ...state, current, rivals };
}

/**
 * Keys under which a body of these events may be, though no state says so: whoever put it there may have ended before
 * the row was written.
 */
export function possibleKeys(
  { asOf, sightings }: { readonly asOf: number; readonly sightings: readonly Sighting[] },
  key: ObjectKey,
  domain: string,
): readonly string[] {
  const large = sightings.filter(({ body }) => sizeOf(body?.text) > SMALL_TEXT);
  return large.map(({ event }) => bodyKey(domain, key, { event, asOf }));
}

/** Keys in the payload store that a state refers to. */
export function storedKeys(state: ObjectState | undefined): readonly string[] {
  if (state === undefined) return [];
  return [state.current, ...state.rivals].flatMap(({ body }) => (body?.at === undefined ? [] : [body.at.key]));
}

/** The key of what an event showed at a time: an event that is fetched again shows something else at another time. */
function bodyKey(
  domain: string,
  { object, scope }: ObjectKey,
  { event, asOf }: { readonly event: string; readonly asOf: number },
): string {
  return `objects/${domain}/${encodeURIComponent(scope)}/${encodeURIComponent(object)}/${event}.${asOf}.json`;
}

function sizeOf(text: string | undefined): number {
  return text === undefined ? 0 : Buffer.byteLength(text);
}
