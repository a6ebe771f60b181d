import { canonicalType } from '#shared/catalogue/canonical-type.ts';
import { EVENT_TYPES } from '#shared/catalogue/event-types.ts';
import { findEventType } from '#shared/catalogue/find-event-type.ts';
import { isKeptInReference } from '#shared/event/kept-in-reference.ts';
import { isRecord } from '#shared/event/stripe-event.ts';
import { didYouMean } from '#shared/naming/nearest-name.ts';
import { ENVELOPE_FIELDS, type MatchedTypes } from '#shared/patterns/matched-types.ts';
import { fieldsWithoutSample } from '#shared/samples/fields-without-sample.ts';

/** What Stripe and the pipeline write into events and notifications. */
const EVENT_FIELDS =
  'id object type created livemode api_version account context data pending_webhooks request fanout related_object changes reason snapshot_event'.split(
    ' ',
  );
const TYPES = EVENT_TYPES.map(({ type }) => type);

/** What the author of a pattern may not have meant, a sentence each. */
export function patternNotes(pattern: unknown, matched: MatchedTypes): readonly string[] {
  return [...misspelt(pattern), ...unsaid(matched)];
}

function misspelt(pattern: unknown): readonly string[] {
  if (!isRecord(pattern)) return [];
  const { detail } = pattern;
  const unknown = (fields: object, known: readonly string[]) =>
    Object.keys(fields).filter((name) => !known.includes(name) && name !== '$or');
  return [
    ...unknown(pattern, ENVELOPE_FIELDS).map(
      (name) => `No event has a field "${name}" beside its detail.${didYouMean(name, ENVELOPE_FIELDS)}`,
    ),
    ...unknown(isRecord(detail) ? detail : {}, EVENT_FIELDS).map(
      (name) => `No event has "${name}" in its detail.${didYouMean(name, EVENT_FIELDS)}`,
    ),
    ...namesIn(pattern['detail-type']).flatMap((name) => unknownType('detail-type', name)),
    // The resolver's notifications bear Stripe's own names there.
    ...namesIn(isRecord(detail) ? detail.type : undefined).flatMap((name) => unknownType('detail.type', name)),
  ];
}

/** A name that a pattern asks for, or the start of one. */
type Name = string | { readonly prefix: string };

function namesIn(values: unknown): readonly Name[] {
  const list: readonly unknown[] = Array.isArray(values) ? values : [];
  return list.flatMap<Name>((value) => {
    if (typeof value === 'string') return [value];
    return isRecord(value) && typeof value.prefix === 'string' ? [{ prefix: value.prefix }] : [];
  });
}

function unknownType(field: string, name: Name): readonly string[] {
  if (typeof name !== 'string') {
    const { prefix } = name;
    if (TYPES.some((type) => type.startsWith(canonicalType(prefix)))) return [];
    return [`No known type starts with "${prefix}" (${field}).`];
  }
  if (findEventType(name) === undefined) {
    return [`${field} names ${name}, which is no type known to this version.${didYouMean(name, TYPES)}`];
  }
  const canonical = canonicalType(name);
  return field === 'detail-type' && name !== canonical ? [`On the bus ${name} is called ${canonical}.`] : [];
}

function unsaid(matched: MatchedTypes): readonly string[] {
  const { types, notifications, conditions } = matched;
  const asked = types.filter(({ selectionRequired }) => selectionRequired).map(({ type }) => type);
  const cut = conditions.filter((path) => !isKeptInReference(path));
  const unseen = fieldsWithoutSample(matched);
  return [
    ...(notifications.length > 0
      ? ['It also gets notifications before they are resolved: add "source": ["stripe"] unless that is meant.']
      : []),
    ...(asked.length > 0
      ? [`Stripe sends ${asked.join(', ')} only to destinations that list the type by name; "*" leaves it out.`]
      : []),
    ...(cut.length > 0
      ? [
          `An event above 240 KB comes as a reference, which has of its object the scalars and the metadata only: ${cut.join(', ')} cannot match there.`,
        ]
      : []),
    ...unseen.map((path) => `No sample of these types has ${path}: is it spelt as Stripe spells it?`),
  ];
}
