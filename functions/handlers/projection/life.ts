/** Where in its object's life an event of a type stands. */
export type Life = 'begins' | 'goes_on' | 'ends';

/** Types whose ending promises what does not hold for this kind of object; any kind where none is named. */
const EXCEPTIONS: readonly { readonly type: string; readonly kind?: string; readonly life: Life }[] = [
  // A source exists before it is attached to a customer, and after it is detached: only the tie begins and ends.
  { type: 'customer.source.created', kind: 'source', life: 'goes_on' },
  { type: 'customer.source.deleted', kind: 'source', life: 'goes_on' },
];

/** Types that end in `.deleted` and whose object can still be fetched: a state like others, only the last one. */
const STILL_THERE: ReadonlySet<string> = new Set(['customer.subscription.deleted']);

/** The types that say: personal data of this object is to be forgotten. */
const REDACTIONS: ReadonlySet<string> = new Set(['identity.verification_session.redacted']);

/** Stripe's naming rule: `.created` comes before all other events of an object, `.deleted` after them. */
export function lifeOf(type: string, kind: string): Life {
  const exception = EXCEPTIONS.find((row) => row.type === type && (row.kind ?? kind) === kind);
  if (exception) return exception.life;
  if (type.endsWith('.created')) return 'begins';
  return type.endsWith('.deleted') ? 'ends' : 'goes_on';
}

/** Whether the object is gone with this event: its type says so, or the object itself (`"deleted": true`). */
export function isGone(type: string, kind: string, object: Readonly<Record<string, unknown>>): boolean {
  return object.deleted === true || (lifeOf(type, kind) === 'ends' && !STILL_THERE.has(type));
}

/** Whether what is held of the object must be erased with this event. */
export function isRedaction(type: string): boolean {
  return REDACTIONS.has(type);
}
