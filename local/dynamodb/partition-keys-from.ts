import { type ResolvedAssembly, resourcesOf } from '../assembly/resolve-assembly.ts';

/** What each table of the templates is partitioned by, by table name. */
export function partitionKeysFrom(assembly: ResolvedAssembly): ReadonlyMap<string, string> {
  return new Map(
    resourcesOf(assembly, 'AWS::DynamoDB::Table', 'AWS::DynamoDB::GlobalTable').flatMap(({ ref, properties }) => {
      const hash = properties.objects('KeySchema').find((key) => key.string('KeyType') === 'HASH');
      return hash ? [[ref, hash.string('AttributeName')] as const] : [];
    }),
  );
}
