import { isRecord, isThin, type StripeEvent } from './stripe-event.ts';

/** Longest string of `data.object` that a reference repeats, in characters. */
const MAX_SCALAR_LENGTH = 1_024;
/** Bytes of JSON that a reference repeats at most: room for Stripe's largest metadata, and on the bus for the rest. */
const MAX_REPEATED = 196_608;

type Member = readonly [name: string, value: unknown];

/**
 * What stands in for an event that is too large for the bus: everything but `data`, and of `data.object` the
 * top-level scalars and the metadata, so that rules that match on them still do. Where that is longer or deeper than
 * anything of Stripe's, the longest members are left out: they may be why the event is too large.
 */
export function referenceDetail(event: StripeEvent): Record<string, unknown> {
  const { data, ...rest } = { data: undefined, ...event };
  const members = Object.entries(rest);
  const object = isThin(event) || !isRecord(data) || !isRecord(data.object) ? undefined : data.object;
  const matchable = Object.entries(object ?? {}).filter(isMatchable);
  const repeated = shortest([...members, ...matchable]);
  const kept = (all: readonly Member[]) => Object.fromEntries(all.filter((member) => repeated.has(member)));
  return { ...kept(members), ...(object && { data: { object: kept(matchable) } }) };
}

function isMatchable([name, value]: Member): boolean {
  if (typeof value === 'string') return value.length <= MAX_SCALAR_LENGTH;
  if (name === 'metadata' && isRecord(value)) return true;
  return value === null || typeof value === 'number' || typeof value === 'boolean';
}

/** As many members as there is room for, the shortest first. */
function shortest(members: readonly Member[]): ReadonlySet<Member> {
  const kept = new Set<Member>();
  let room = MAX_REPEATED;
  const sized = members.map((member) => ({ member, bytes: bytesOf(member) }));
  for (const { member, bytes } of sized.toSorted((a, b) => a.bytes - b.bytes)) {
    room -= bytes;
    if (room < 0) break;
    kept.add(member);
  }
  return kept;
}

/** Of a member's JSON; infinite where it is too deep to be written. */
function bytesOf(member: Member): number {
  try {
    return Buffer.byteLength(JSON.stringify(member));
  } catch {
    return Number.POSITIVE_INFINITY;
  }
}
