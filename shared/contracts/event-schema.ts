import type { EventTypeEntry } from '../catalogue/event-type-entry.ts';
import type { JsonSchema } from './json-schema.ts';
import { OBJECT_FIELDS } from './object-fields.generated.ts';

/** Where the schemas are that an event's refers to. */
export interface SchemaPlaces {
  readonly envelope: string;
  object(kind: string): string;
}

/** Upcoming invoices do not exist yet. */
const WITHOUT_ID: readonly string[] = ['invoice.upcoming'];

/** Where the detail has not the whole object: the event is in S3, or Stripe no longer knew the object. */
export const NOT_WHOLE: JsonSchema = {
  properties: { fanout: { anyOf: [payloadIs('reference'), { required: ['missing'] }] } },
};

/** Where a notification named no object: what Stripe keeps with the event stands in its place, if anything. */
export const WITHOUT_OBJECT: JsonSchema = { properties: { fanout: payloadIs('resolved') } };

/** An event of one type on the bus. */
export function eventSchema(entry: EventTypeEntry, places: SchemaPlaces): JsonSchema {
  const { type, description, objectKinds } = entry;
  const whole = holding(objectKinds.map((kind) => wholeObject(type, kind, places)));
  return {
    title: type,
    description,
    allOf: [
      { $ref: places.envelope },
      {
        properties: {
          'detail-type': { enum: [type] },
          detail: {
            properties: { type: { enum: [type] } },
            anyOf: [NOT_WHOLE, whole, ...(namesNoObject(entry) ? [WITHOUT_OBJECT] : [])],
          },
        },
      },
    ],
  };
}

/** Whether the thin events of a type have no related object. */
export function namesNoObject({ thin }: EventTypeEntry): boolean {
  return thin?.relatedObject === 'none';
}

/** A detail whose object fits one of the schemas. */
export function holding(objects: readonly JsonSchema[]): JsonSchema {
  const [only] = objects;
  const object = objects.length === 1 && only !== undefined ? only : { anyOf: objects };
  return { properties: { data: { properties: { object } } } };
}

/** An object of a kind with the id that it has in events of a type. */
export function wholeObject(type: string, kind: string, places: SchemaPlaces): JsonSchema {
  const reference = { $ref: places.object(kind) };
  const hasId = OBJECT_FIELDS[kind]?.id?.required === true && !WITHOUT_ID.includes(type);
  return hasId ? { allOf: [reference, { required: ['id'] }] } : reference;
}

function payloadIs(style: string): JsonSchema {
  return { properties: { payload: { enum: [style] } } };
}
