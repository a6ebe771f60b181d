import type { Resource } from '../assembly/template.ts';
import type { JsonReader } from '../json-reader.ts';

/** The CreateTable request for a table of the template. Always on demand: capacity is not emulated. */
export function tableInput({ ref, properties }: Resource): object {
  const indexes = (name: string) => {
    const list = properties.objects(name).map(indexInput);
    return list.length > 0 ? { [name]: list } : {};
  };
  return {
    TableName: ref,
    BillingMode: 'PAY_PER_REQUEST',
    AttributeDefinitions: properties.value.AttributeDefinitions,
    KeySchema: properties.value.KeySchema,
    ...indexes('GlobalSecondaryIndexes'),
    ...indexes('LocalSecondaryIndexes'),
  };
}

/** What CreateTable knows of an index; templates say more (capacity, contributor insights). */
function indexInput(index: JsonReader): object {
  const { IndexName, KeySchema, Projection } = index.value;
  return { IndexName, KeySchema, Projection };
}
