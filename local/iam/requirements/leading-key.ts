import { isRecord } from '#shared/event/stripe-event.ts';
import type { JsonReader } from '../../json-reader.ts';

/**
 * The partition that a request on a table is about: what stands under the table's partition key in its item or key, or
 * what its key condition asks for.
 * @param name of the attribute that the table is partitioned by
 * @returns `undefined` when it cannot be told
 */
export function leadingKey(input: JsonReader, name: string | undefined): string | undefined {
  if (name === undefined) return undefined;
  const row = input.optionalObject('Item') ?? input.optionalObject('Key');
  return row ? textOf(row.value[name]) : asked(input, name);
}

function asked(input: JsonReader, name: string): string | undefined {
  const names = input.optionalObject('ExpressionAttributeNames')?.value ?? {};
  const values = input.optionalObject('ExpressionAttributeValues')?.value ?? {};
  const condition = input.optionalString('KeyConditionExpression') ?? '';
  for (const [, path = '', value = ''] of condition.matchAll(/(#?\w+)\s*=\s*(:\w+)/g)) {
    if ((names[path] ?? path) === name) return textOf(values[value]);
  }
  return undefined;
}

/** @param value as DynamoDB writes it: `{ "S": "…" }` */
function textOf(value: unknown): string | undefined {
  if (!isRecord(value)) return undefined;
  const [text] = [value.S, value.N, value.B].filter((one) => typeof one === 'string');
  return text;
}
