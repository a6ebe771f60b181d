import { isRecord } from '#shared/event/stripe-event.ts';

/** Deeper objects are not compared: Stripe's nest about ten levels, and recursion must not follow hostile input. */
const MAX_DEPTH = 100;

/**
 * Whether undoing an event's changes gives another event's object: then it came right after that one.
 * Everything is compared, not only what changed, so that an object that merely has one old value again is not taken
 * for the state before. `null` and an absent key are the same: Stripe writes `null` for a key that was not there.
 * @param after JSON text of the object as the event showed it
 * @param previous JSON text of the event's `previous_attributes`: only what changed, with the values from before
 * @param before JSON text of the other event's object
 */
export function isUndoneTo(after: string, previous: string, before: string): boolean {
  const changes: unknown = JSON.parse(previous);
  return isRecord(changes) && equalsUndone(JSON.parse(after), changes, JSON.parse(before), MAX_DEPTH);
}

function equalsUndone(after: unknown, changes: Record<string, unknown>, before: unknown, depth: number): boolean {
  if (!isRecord(after) || !isRecord(before) || depth === 0) return false;
  const names = new Set([...Object.keys(after), ...Object.keys(before), ...Object.keys(changes)]);
  return [...names].every((name) => {
    const [then, now] = [own(before, name), own(after, name)];
    if (!Object.hasOwn(changes, name)) return equal(now, then, depth - 1);
    const change = own(changes, name);
    // Stripe lists of a nested hash only what changed in it.
    const isPartial = isRecord(change) && isRecord(now) && isRecord(then);
    return isPartial ? equalsUndone(now, change, then, depth - 1) : equal(change, then, depth - 1);
  });
}

function equal(a: unknown, b: unknown, depth: number): boolean {
  if ((a ?? null) === (b ?? null)) return true;
  if (depth === 0) return false;
  if (Array.isArray(a) && Array.isArray(b)) {
    return a.length === b.length && a.every((item, index) => equal(item, b[index], depth - 1));
  }
  if (!isRecord(a) || !isRecord(b)) return false;
  const names = new Set([...Object.keys(a), ...Object.keys(b)]);
  return [...names].every((name) => equal(own(a, name), own(b, name), depth - 1));
}

function own(object: Record<string, unknown>, name: string): unknown {
  return Object.hasOwn(object, name) ? object[name] : undefined;
}
