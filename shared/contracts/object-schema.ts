import type { JsonSchema } from './json-schema.ts';
import type { ObjectField } from './object-field.ts';
import { OBJECT_FIELDS } from './object-fields.generated.ts';

/**
 * A Stripe object of a kind: its own fields, of which kind their values are and which are always there. What stands
 * deeper is Stripe's to say, and other fields are allowed. The id is left to who knows whether there is one.
 */
export function objectSchema(kind: string): JsonSchema {
  const fields = Object.entries(OBJECT_FIELDS[kind] ?? {});
  const required = fields.flatMap(([name, field]) => (field.required && name !== 'id' ? [name] : []));
  return {
    title: kind,
    type: 'object',
    ...(required.length > 0 && { required }),
    properties: {
      ...Object.fromEntries(fields.map(([name, field]) => [name, fieldSchema(field)])),
      object: { enum: [kind] },
    },
  };
}

function fieldSchema({ types, values }: ObjectField): JsonSchema {
  const [only] = types;
  return {
    type: types.length === 1 && only !== undefined ? only : types,
    // Not an enumeration: a value that Stripe adds must not make an event invalid.
    ...(values && { description: `Known: ${values.join(', ')}.` }),
  };
}
