import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { FieldType, ObjectField } from '#shared/contracts/object-field.ts';

/** `export interface Invoice {` to its end; fields of its own stand four spaces in. */
const INTERFACE = /^export interface (\w+) \{\n([\s\S]*?)\n\}/gm;
const FIELD = /^ {4}(\w+)(\??): ([^;{]+|\{[\s\S]*?\n {4}\}(?: \| null)?);$/gm;
const PRIMITIVES: readonly string[] = ['string', 'number', 'boolean', 'null'];

/**
 * Reads the objects' own fields from the declarations of the installed `stripe` package, as they stand in JSON: ids where
 * the package allows for the expanded object too, and decimals as texts.
 * @returns fields by the object's kind, and within it by name
 */
export function readObjectFields(): ReadonlyMap<string, Readonly<Record<string, ObjectField>>> {
  const root = fileURLToPath(new URL('.', import.meta.resolve('stripe')));
  const kinds = new Map<string, Readonly<Record<string, ObjectField>>>();
  for (const file of globSync('resources/**/*.d.ts', { cwd: root }).toSorted()) {
    const text = readFileSync(join(root, file), 'utf8');
    for (const [, name = '', body = ''] of text.matchAll(INTERFACE)) {
      const kind = body.match(/^ {4}object: '([\w.]+)';$/m)?.[1];
      // The shapes of what was deleted and is merely named say the same kind, and have no field of its own.
      if (kind === undefined || name.startsWith('Deleted')) continue;
      kinds.set(kind, fieldsOf(body, namespaceOf(text, name)));
    }
  }
  return kinds;
}

function namespaceOf(text: string, name: string): string {
  return text.match(new RegExp(`^export declare namespace ${name} \\{\\n([\\s\\S]*?)\\n\\}`, 'm'))?.[1] ?? '';
}

function fieldsOf(body: string, namespace: string): Readonly<Record<string, ObjectField>> {
  const fields: Record<string, ObjectField> = {};
  for (const [, name = '', optional, declared = ''] of body.matchAll(FIELD)) {
    // `deleted?: void` tells the compiler what is never there.
    if (declared === 'void') continue;
    const { types, values } = typeOf(declared, namespace);
    fields[name] = { types, ...(optional === '' && { required: true }), ...(values.length > 0 && { values }) };
  }
  return fields;
}

interface Declared {
  readonly types: readonly FieldType[];
  readonly values: readonly string[];
}

function typeOf(declared: string, namespace: string): Declared {
  const parts = declared.startsWith('{') ? [declared.replace(/ \| null$/, '')] : declared.split(' | ');
  const nullable = declared.endsWith(' | null');
  const found = [...new Set([...parts, ...(nullable ? ['null'] : [])])].map((part) => partOf(part.trim(), namespace));
  return {
    types: [...new Set(found.flatMap(({ types }) => types))].toSorted(),
    values: found.flatMap(({ values }) => values),
  };
}

function partOf(part: string, namespace: string): Declared {
  const literal = /^'(.*)'$/.exec(part)?.[1];
  if (literal !== undefined) return { types: ['string'], values: [literal] };
  if (part === 'true' || part === 'false') return { types: ['boolean'], values: [] };
  const primitive = PRIMITIVES.find((name) => name === part);
  if (isFieldType(primitive)) return { types: [primitive], values: [] };
  if (part === 'Decimal' || part === 'OtherString') return { types: ['string'], values: [] };
  if (part.startsWith('Array<')) return { types: ['array'], values: [] };
  const alias = new RegExp(`^ {4}type ${part.split('.')[1]} = ([^;]+);`, 'm').exec(namespace)?.[1];
  return alias === undefined || !part.includes('.') ? { types: ['object'], values: [] } : typeOf(alias, namespace);
}

function isFieldType(name: string | undefined): name is FieldType {
  return name !== undefined && PRIMITIVES.includes(name);
}
