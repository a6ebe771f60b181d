import { findEventType } from '#shared/catalogue/find-event-type.ts';
import { sliceMembers } from '#shared/event/json-slice.ts';
import type { ThinEvent } from '#shared/event/stripe-event.ts';
import type { Claim } from '#shared/ledger/ledger.ts';
import type { Asking } from './asking.ts';
import { fetchEvent } from './fetch-event.ts';
import { type FoundObject, fetchObject } from './fetch-object.ts';

/** What a notification only announces: `text` becomes `data.object`. */
export interface Parts extends FoundObject {
  /** JSON texts of what only the fetched event holds: `data`, `changes`. */
  readonly fetched: ReadonlyMap<string, string>;
}

/**
 * Fetches what a notification refers to. The event itself too where its type carries data, names no object, or is one
 * that nobody has heard of and that may do either.
 * @throws whatever {@link fetchObject} throws
 */
export async function fetchParts(event: ThinEvent, claim: Claim, asking: Asking): Promise<Parts> {
  const { related_object: related } = event;
  const object = related ? await fetchObject(event, related, claim, asking) : undefined;
  const whole = holdsMore(event) ? await fetchEvent(event, asking.stripe, asking.signal) : undefined;

  const members = sliceMembers(whole?.answer.text ?? '{}');
  const fetched = new Map([...members].filter(([name, text]) => FETCHED.includes(name) && text !== 'null'));
  if (object) return { ...object, fetched };
  return {
    text: fetched.get('data') ?? '{}',
    missing: false,
    apiVersion: whole?.answer.apiVersion,
    fetched,
  };
}

const FETCHED: readonly string[] = ['data', 'changes'];

function holdsMore({ type, related_object: related, data }: ThinEvent): boolean {
  if (data) return false;
  const thin = findEventType(type)?.thin;
  return !related || thin === undefined || thin.carriesData === true;
}
