import { expect, it } from 'vitest';
import { isKeptInReference } from '#shared/event/kept-in-reference.ts';
import { referenceDetail } from '#shared/event/reference-detail.ts';
import { isRecord } from '#shared/event/stripe-event.ts';
import { sampleEvent } from '#shared/samples/sample-event.ts';

/** Every field of an event that a pattern can name, with dots; not the lists of scalars, which look like one scalar. */
function* pathsOf(value: unknown, path: string): Generator<string> {
  if (Array.isArray(value)) for (const item of value.filter(isRecord)) yield* pathsOf(item, path);
  else if (isRecord(value)) for (const [key, item] of Object.entries(value)) yield* pathsOf(item, `${path}.${key}`);
  else yield path;
}

it.each([
  ['long', 'x'.repeat(300_000)],
  ['deep', JSON.parse(`${'['.repeat(50_000)}${']'.repeat(50_000)}`)],
])('the reference leaves out a member that is too %s, wherever it stands', (_what, value) => {
  const event = sampleEvent('invoice.paid');
  const object = { ...event.data.object, metadata: { value } };
  const unheardOf = { value };

  const detail = referenceDetail({ ...event, ...unheardOf, data: { ...event.data, object } });

  expect(detail).toMatchObject({ id: event.id, type: 'invoice.paid', data: { object: { id: event.data.object.id } } });
  expect(JSON.stringify(detail).length).toBeLessThan(10_000);
});

it('the reference repeats the largest metadata that Stripe takes', () => {
  const event = sampleEvent('invoice.paid');
  const pairs = Array.from({ length: 50 }, (_, i) => [`${i}`.padEnd(40, '–'), '\u0000'.repeat(500)]);
  const metadata = Object.fromEntries(pairs);
  const object = { ...event.data.object, metadata };

  expect(referenceDetail({ ...event, data: { ...event.data, object } })).toMatchObject({
    data: { object: { metadata } },
  });
});

it('the reference is never too large itself, however many members an event has', () => {
  const event = sampleEvent('invoice.paid');
  const many = Object.fromEntries(Array.from({ length: 10_000 }, (_, i) => [`member_${i}`, 'é'.repeat(500)]));
  const object = { ...event.data.object, ...many };

  const detail = referenceDetail({ ...event, ...many, data: { ...event.data, object } });

  expect(detail).toMatchObject({ id: event.id, type: 'invoice.paid', created: event.created });
  expect(Buffer.byteLength(JSON.stringify(detail))).toBeLessThan(200_000);
});

it.each(['invoice.paid', 'customer.updated', 'charge.succeeded'])(
  'says of every field of %s whether the reference that stands in for it has it',
  (type) => {
    const event = sampleEvent(type);
    const kept = new Set(pathsOf(referenceDetail(event), 'detail'));

    for (const path of new Set(pathsOf(event, 'detail')))
      expect([path, isKeptInReference(path)]).toEqual([path, kept.has(path)]);
  },
);
