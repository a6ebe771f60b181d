import { EVENT_TYPES } from '#shared/catalogue/event-types.ts';
import { sampleKind } from '#shared/samples/sample-kind.ts';

/** What happens to one kind of object, by the place of each event type in its life. */
export interface Life {
  /** What the types have in common: `customer.subscription`. */
  readonly stem: string;
  /** The object's own key `object`. */
  readonly kind: string;
  /** `….created`, which comes before all others. */
  readonly begins: string | undefined;
  /** `….updated`, which says in `previous_attributes` what it changed. */
  readonly changes: string | undefined;
  /** Types that come anywhere between. */
  readonly others: readonly string[];
  /** `….deleted`, which comes after all others. */
  readonly ends: string | undefined;
}

/** Types whose event is a story of its own: told once each, never as a part of a longer one. */
const ONCE: ReadonlySet<string> = new Set([
  // A preview, without an id.
  'invoice.upcoming',
  // Erases the object; what else happened to it can no longer be compared.
  'identity.verification_session.redacted',
]);

/** Kinds whose creation and deletion are those of a tie to a customer: the order of Stripe's names does not hold. */
const TIES: ReadonlySet<string> = new Set(['source']);

/** Types of a future in which Stripe has products that nobody here has heard of. */
const UNHEARD_OF = ['galaxy.beam', 'loyalty_program.member', 'v2.orbit.station'].flatMap((stem) =>
  ['created', 'updated', 'renamed', 'moved', 'deleted'].map((verb) => ({ type: `${stem}.${verb}`, kind: stem })),
);

/** Each type of Stripe's published list. */
export const CATALOGUED: readonly string[] = EVENT_TYPES.filter(({ since }) => since === 'base').map(
  ({ type }) => type,
);

/** Kinds of which several catalogued types tell. */
export const KNOWN_LIVES: readonly Life[] = livesOf(
  CATALOGUED.filter((type) => !ONCE.has(type)).map((type) => ({ type, kind: sampleKind(type) })),
);

/** Kinds that only types outside of the catalogue tell of. */
export const UNKNOWN_LIVES: readonly Life[] = livesOf(UNHEARD_OF);

function livesOf(types: readonly { readonly type: string; readonly kind: string }[]): readonly Life[] {
  const groups = Map.groupBy(types, ({ type, kind }) => `${stemOf(type)} ${kind}`);
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    if (first === undefined || group.length < 2 || TIES.has(first.kind)) return [];
    const stem = stemOf(first.type);
    const names = group.map(({ type }) => type);
    const own = (verb: string) => names.find((type) => type === `${stem}.${verb}`);
    const [begins, changes, ends] = [own('created'), own('updated'), own('deleted')];
    const others = names.filter((type) => ![begins, changes, ends].includes(type));
    return [{ stem, kind: first.kind, begins, changes, others, ends }];
  });
}

function stemOf(type: string): string {
  return type.slice(0, type.lastIndexOf('.'));
}
