import { EVENT_TYPES } from '#shared/catalogue/event-types.ts';
import { readStripeDeclarations } from '../stripe-declarations.ts';
import { readObjectFields } from '../stripe-object-fields.ts';

/** The module that holds the fields of all objects that events are about. */
export function objectFieldsSource(): string {
  const fields = readObjectFields();
  const kinds = [...new Set(EVENT_TYPES.flatMap(({ objectKinds }) => objectKinds))].toSorted();
  const rows = kinds.flatMap((kind) => {
    const own = fields.get(kind);
    return own === undefined ? [] : [`  ${JSON.stringify(kind)}: ${JSON.stringify(own)},`];
  });
  return [
    `// Made by scripts/generate-object-fields.ts from stripe ${readStripeDeclarations().version}. Do not edit.`,
    `import type { ObjectField } from './object-field.ts';`,
    '',
    'export const OBJECT_FIELDS: Readonly<Record<string, Readonly<Record<string, ObjectField>>>> = {',
    ...rows,
    '};',
    '',
  ].join('\n');
}
