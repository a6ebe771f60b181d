import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { fetchWithMaven } from '../fetch-with-maven.ts';
import { runTests } from '../run-tests.ts';
import type { Suite } from '../suite.ts';
import { withEngine } from '../with-engine.ts';

const here = fileURLToPath(new URL('.', import.meta.url));

/** Our tables' tests, which `npm test` runs on dynalite. */
export const TABLE_TESTS = [
  'ledger/dynamodb-ledger',
  'adapters/dynamodb-object-store',
  'adapters/projection-on-table',
  'adapters/dynamodb-failure-log',
  'adapters/dynamodb-operator-lock',
  'adapters/dynamodb-published-events',
  'adapters/dynamodb-reconcile-progress',
  'adapters/dynamodb-spending',
  'consumer/idempotent',
];

export const dynamoDbLocal: Suite = {
  name: 'dynamodb-local',
  judge:
    "AWS's DynamoDB Local 3.1.0, on the ledger, the objects table with its projections, the failures index and the locks",
  async run() {
    const { folder, missing } = fetchWithMaven(join(here, 'pom.xml'), 'DynamoDBLocal-3.1.0.jar');
    if (missing !== undefined) return { outcome: 'skipped', summary: missing };
    const files = TABLE_TESTS.map((name) => `test/unit/${name}.test.ts`);
    const server = {
      name: 'DynamoDB Local',
      command: 'java',
      args: ['-cp', join(folder, '*'), `-Djava.library.path=${folder}`, join(here, 'Harness.java')],
      address: /^(127\.0\.0\.1:\d+)$/,
    };
    return await withEngine(server, (url) => runTests(files, { DYNAMODB_UNDER_TEST: url }));
  },
};
