import { describe, expect, it } from 'vitest';
import { EVENT_TYPES } from '#shared/catalogue/event-types.ts';
import { isRecord } from '#shared/event/stripe-event.ts';
import { sampleEvent } from '#shared/samples/sample-event.ts';
import { SAMPLE_OBJECTS } from '#shared/samples/sample-objects.ts';

type Fields = Readonly<Record<string, unknown>>;

/** The object as it was before: each changed field with its earlier value. */
function undo(object: Fields, previous: Fields): Fields {
  const before = Object.entries(previous).map(([name, value]) => {
    const now = object[name];
    return [name, isRecord(value) && isRecord(now) ? undo(now, value) : value];
  });
  return { ...object, ...Object.fromEntries(before) };
}

function expectSomethingToUndo(object: Fields, previous: Fields): void {
  expect(Object.keys(object)).toEqual(expect.arrayContaining(Object.keys(previous)));
  expect(undo(object, previous)).not.toEqual(object);
  expect(undo(object, previous)).toMatchObject({ object: object.object });
  expect(undo(object, previous).id).toBe(object.id);
}

const updates = EVENT_TYPES.filter(({ since, type }) => since === 'base' && type.endsWith('updated'));

describe('previous_attributes of sample events', () => {
  it.each(updates)('of $type undo to another state of the same object', ({ type }) => {
    const { object, previous_attributes } = sampleEvent(type).data;

    expectSomethingToUndo(object, previous_attributes ?? {});
  });

  it.each(updates)('of $type are found for objects that somebody else gives', ({ type }) => {
    const { object, previous_attributes } = sampleEvent(type, { objects: SAMPLE_OBJECTS }).data;

    expectSomethingToUndo(object, previous_attributes ?? {});
  });
});
